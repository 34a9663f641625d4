package data_test

import (
	"testing"

	"github.com/entente-kg/entente/data"
)

func TestTablesAreRead(t *testing.T) {
	for name, n := range map[string]int{
		"states": len(data.States()), "places": len(data.Places()), "organisations": len(data.Organisations()),
		"offices": len(data.Offices()), "government words": len(data.Government()),
	} {
		if n < 100 {
			t.Errorf("%d %s, want at least 100", n, name)
		}
	}
}
