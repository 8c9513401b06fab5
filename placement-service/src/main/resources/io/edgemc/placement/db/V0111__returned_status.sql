comment on table returned_status is
    'Status of objects at clusters, kept for every copy that ever had one until it is gone: a placement may ask for it later.';
