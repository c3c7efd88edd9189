import { useTranslation } from 'react-i18next'
import { may, needsCode, permissions } from '../../../shared/people/roles.ts'
import { staffRoles } from '../../../shared/people/staff-role.ts'
import workCss from '../../page/work.module.css'
import panelCss from '../panel.module.css'
import css from './roles-view.module.css'

/** Who may do what: the one table that central itself goes by. A role is given under «people»; the table is the program's. */
export function RolesView() {
  const { t } = useTranslation('admin')
  const { t: common } = useTranslation()
  return (
    // Nothing in it takes the focus: it is scrolled by the keys as a whole.
    <section className={`${workCss.beside} ${css.whole}`} aria-label={t('roles.title')} tabIndex={0}>
      <div className={panelCss.panel}>
        <p className={panelCss.note}>{t('roles.note')}</p>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('roles.what')}</th>
              {staffRoles.map((role) => (
                <th key={role} scope="col">
                  {common(`directory.role.${role}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{t('roles.code')}</th>
              {staffRoles.map((role) => (
                <Cell key={role} yes={needsCode(role)} />
              ))}
            </tr>
            {permissions.map((permission) => (
              <tr key={permission}>
                <th scope="row">
                  {t(`roles.may.${permission}`)} <code>{permission}</code>
                </th>
                {staffRoles.map((role) => (
                  <Cell key={role} yes={may(role, permission)} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Cell({ yes }: { readonly yes: boolean }) {
  const { t } = useTranslation('admin')
  return (
    <td data-yes={yes || undefined}>
      <span aria-hidden>{yes ? '✓' : '–'}</span>
      <span className={css.said}>{t(yes ? 'roles.yes' : 'roles.no')}</span>
    </td>
  )
}
