package linear

// Keys are the features of one option, hashed. With weights only their sum is
// kept, so that reading needs no list. The zero value lists.
type Keys[F Float] struct {
	Seed    uint64 // sets the same features apart where they speak of something else
	Weights *Weights[F]
	Sum     F
	List    []uint64
}

// Add adds a feature of several parts; the first names its template, so that
// equal parts of two templates stay apart.
func (k *Keys[F]) Add(parts ...uint64) {
	h := k.Seed ^ 0x9e3779b97f4a7c15
	for _, p := range parts {
		h = (h ^ p) * 0xff51afd7ed558ccd
		h ^= h >> 32
	}
	if w := k.Weights; w != nil {
		k.Sum += F(w.table[w.at(h)])
		return
	}
	k.List = append(k.List, h)
}

// Text makes a part of a string (FNV-1a).
func Text(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// Bit makes a part of what holds (1) or not.
func Bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
