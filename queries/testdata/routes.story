# Several routes, the best first: by hops, then by the independent reports of the weakest hop.
entity Ann person
entity Bob person
entity Cid person
entity Dan person
entity Eve person
entity Oslo place NOR
entity Sweden state SWE
entity Sven person SWE

report r1 2024-01-01 Wire
fact Ann met Cid 2023
fact Cid met Bob 2023
fact Ann visited Oslo 2023
fact Bob visited Oslo 2023
fact Ann met Eve 2022
fact Eve met Dan 2022
fact Dan met Bob 2022
fact Sven met Dan 2022

# The same publisher is no second witness of Ann and Cid, another one is of Oslo.
report r2 2024-01-02 Wire
fact Ann met Cid 2023
fact Cid met Bob 2023
report r3 2024-01-03 Post
fact Ann visited Oslo 2023
fact Bob visited Oslo 2023

ask path Ann Bob
want Ann > Oslo by visited
want Oslo > Bob by visited

ask paths Ann Bob all=yes
want 1
want Ann > Oslo by visited
want Oslo > Bob by visited
want 2
want Ann > Cid by met
want Cid > Bob by met

ask paths Ann Bob k=3
want 1
want Ann > Oslo by visited
want Oslo > Bob by visited
want 2
want Ann > Cid by met
want Cid > Bob by met
want 3
want Ann > Eve by met
want Eve > Dan by met
want Dan > Bob by met

ask paths Ann Bob all=yes k=1
want Ann > Oslo by visited
want Oslo > Bob by visited

# Through persons only, round one of them, without meetings, in few hops.
ask paths Ann Bob k=3 through=person
want 1
want Ann > Cid by met
want Cid > Bob by met
want 2
want Ann > Eve by met
want Eve > Dan by met
want Dan > Bob by met

ask path Ann Bob through=person avoid=Cid
want Ann > Eve by met
want Eve > Dan by met
want Dan > Bob by met

ask path Ann Bob through=person avoid=Cid hops=2
want nothing

ask paths Ann Bob k=3 without=met
want Ann > Oslo by visited
want Oslo > Bob by visited

ask paths Ann Bob k=3 through=state
want nothing

# A state without a path of its own stands for its officials.
ask paths Sweden Ann k=2
want 1
want Sven > Dan by met
want Dan > Eve by met
want Eve > Ann by met
want 2
want Sven > Dan by met
want Dan > Bob by met
want Bob > Oslo by visited
want Oslo > Ann by visited

ask paths Sweden Ann officials=false
want nothing
