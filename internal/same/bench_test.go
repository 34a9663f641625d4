package same

import (
	"fmt"
	"math/rand/v2"
	"testing"

	entente "github.com/entente-kg/entente"
)

// BenchmarkFind has 1,000 reports with ten persons and papers each, few of them
// in most and most of them in few, as in a paper of record.
func BenchmarkFind(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 1))
	zipf := rand.NewZipf(random, 1.3, 5, 20000)
	syllable := []string{"ka", "lo", "mi", "ter", "san", "vo", "ri", "den", "po", "hul", "gar", "nes", "tik", "ba"}
	name := func(n uint64) string {
		return fmt.Sprintf("%s%s %s%s%s", syllable[n%14], syllable[n/3%14], syllable[n/14%14], syllable[n/5%14], syllable[n/196%14])
	}
	var readings []entente.Reading
	for i := range 1000 {
		var names []string
		for range 8 {
			switch n := zipf.Uint64(); random.IntN(4) {
			case 0:
				names = append(names, fmt.Sprintf("s%d/S%02d", n%50, n%50))
			case 1:
				names = append(names, fmt.Sprintf("~%s%s%s/S%02d", syllable[n/14%14], syllable[n/5%14], syllable[n/196%14], n%50))
			default:
				names = append(names, fmt.Sprintf("%s/S%02d", "X"+name(n), n%50))
			}
		}
		names = append(names, fmt.Sprintf("s1 signed ~%s agreement", syllable[random.IntN(14)]))
		readings = append(readings, told(fmt.Sprintf("r%d", i), fmt.Sprintf("2024-%02d-%02d", 1+i%12, 1+i%28), names...))
	}
	for b.Loop() {
		if _, err := Find(readings, nil); err != nil {
			b.Fatal(err)
		}
	}
}
