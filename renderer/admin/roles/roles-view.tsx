import { useTranslation } from 'react-i18next'
import { may, mayThere, needsCode, permissions, type Permission } from '../../../shared/people/roles.ts'
import { staffRoles, type StaffRole } from '../../../shared/people/staff-role.ts'
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
                <Cell key={role} says={needsCode(role) ? 'yes' : 'no'} />
              ))}
            </tr>
            {permissions.map((permission) => (
              <tr key={permission}>
                <th scope="row">
                  {t(`roles.may.${permission}`)} <code>{permission}</code>
                </th>
                {staffRoles.map((role) => (
                  <Cell key={role} says={holds(role, permission)} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

type Holds = 'yes' | 'atDesk' | 'no'

/** Whether a right holds everywhere, at the desk alone, or nowhere (P4). */
function holds(role: StaffRole, permission: Permission): Holds {
  if (mayThere(role, permission, false)) return 'yes'
  return may(role, permission) ? 'atDesk' : 'no'
}

function Cell({ says }: { readonly says: Holds }) {
  const { t } = useTranslation('admin')
  return (
    <td data-yes={says !== 'no' || undefined}>
      <span aria-hidden>{says === 'no' ? '–' : '✓'}</span>
      <span className={says === 'atDesk' ? undefined : css.said}>{t(`roles.${says}`)}</span>
    </td>
  )
}
