# A person with one claim of each kind; dossier_test.go asks.
entity Ann person NOR
entity Bob person SWE
entity Cid person
entity Norway state NOR
entity Stockholm place SWE
entity Fish_Treaty agreement
entity Foreign_Minister_of_Norway office NOR

report r1 2024-01-01 Wire
fact Ann holds_office Foreign_Minister_of_Norway 2023
fact Ann visited Stockholm 2024-05 planned
fact Ann met Bob 2020
fact Bob spoke_with Ann 2019
fact Ann met Cid 2018
fact Ann signed Fish_Treaty 2022
fact Bob accused Ann 2024 denied
fact Ann invited Bob 2021
fact Ann counterpart_of Bob

report r2 2024-02-01 Post
fact Ann holds_office Foreign_Minister_of_Norway -

ask timeline Ann relation=invited
want Ann invited Bob 2021 occurred 1×
