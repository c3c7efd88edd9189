-- With a case that is archived goes what was begun for it and never sent: nobody needs it any more.
grant delete on attachments to sanxin_desk;
