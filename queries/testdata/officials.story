# Of a state its officials are asked too, by their code or by a claim on their office; of two sides its places count as well.
entity Russia state RUS
entity North_Korea state PRK
entity Sergey_Lavrov person RUS
entity Choe_Son_Hui person PRK
entity Pyongyang place PRK
entity Envoy person
entity Special_envoy_of_Russia office RUS
entity Norway state NOR

report r1 2024-01-20 Wire
fact Sergey_Lavrov visited Pyongyang 2023-10
fact Envoy holds_office Special_envoy_of_Russia 2024
fact Envoy met Choe_Son_Hui 2024-01-18
fact Russia supported North_Korea 2024-01-19
fact Norway accused Russia 2024-01-10

ask between Russia North_Korea
want Sergey_Lavrov visited Pyongyang 2023-10 occurred 1×
want Envoy met Choe_Son_Hui 2024-01-18 occurred 1×
want Russia supported North_Korea 2024-01-19 occurred 1×

ask between Russia North_Korea officials=false
want Russia supported North_Korea 2024-01-19 occurred 1×

ask claims subject=Russia relation=visited,met
want Sergey_Lavrov visited Pyongyang 2023-10 occurred 1×
want Envoy met Choe_Son_Hui 2024-01-18 occurred 1×

ask timeline Norway
want Norway accused Russia 2024-01-10 occurred 1×

ask claims subject=Norway object=North_Korea
want nothing
