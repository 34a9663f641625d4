package main

import (
	"github.com/entente-kg/entente/bench/bolt/peer"
)

type postgres struct{ peer.Engine }

const postgresName = "postgres"

func postgresBin() (string, error)       { return "", nil }
func writeReport(string, []record) error { return nil }
