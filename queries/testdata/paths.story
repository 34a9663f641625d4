# The shortest path over what occurred; only where there is none, over what was planned or denied.
entity Ann person NOR
entity Bob person SWE
entity Cid person
entity Dan person DNK
entity Eve person
entity Norway state NOR
entity Denmark state DNK
entity Treaty agreement
entity Oslo place NOR

report r1 2024-01-01 Wire
fact Ann met Bob 2023 planned
fact Ann visited Oslo 2023
fact Cid visited Oslo 2022
fact Cid signed Treaty 2021
fact Bob signed Treaty 2021
fact Dan accused Eve 2020 denied
fact Dan met Cid 2020

ask path Ann Bob
want Ann > Oslo by visited
want Oslo > Cid by visited
want Cid > Treaty by signed
want Treaty > Bob by signed

ask path Ann Bob hops=3
want any status
want Ann > Bob by met

ask path Dan Eve
want any status
want Dan > Eve by accused

ask path Ann Bob relation=met since=2024
want nothing

# A state that nothing is told of stands for its officials.
ask path Norway Denmark
want Ann > Oslo by visited
want Oslo > Cid by visited
want Cid > Dan by met

ask path Norway Denmark officials=false
want nothing

ask path Ann Ann
want nothing

# Without a relation, without somebody, and through one kind of entity only.
ask path Ann Bob without=visited
want any status
want Ann > Bob by met

ask path Cid Dan avoid=Ann through=person
want Cid > Dan by met
