"""Who somebody is and what he may do: accounts, grants, sessions, keys, and the audit record of it all.

    access = open_access()
    person = sessions.person_of(access, full_hash)      # None: sign in again
    person.rights.may("publish")

May import the ground floor, `policy` and `datasets.database`. Nothing here knows a page or a request.
"""
