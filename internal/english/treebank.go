package english

import "strings"

// Annotated is a sentence of a treebank.
type Annotated struct {
	Text  string
	Words []Word
}

// Word is one word of a treebank; Head is an index, -1 for the root.
type Word struct {
	Form, Lemma, Pos, Tag, Rel string
	Head                       int
}

// CollapseNames joins each longest run of proper nouns, with a capitalised
// adjective before it, that hangs together as one subtree, to one word, as
// Collapse does it with names that were found in a text.
func CollapseNames(s Annotated) Annotated {
	n := len(s.Words)
	to := make([]int, n) // new index of each word
	var words []Word
	var heads []int // old head of each new word
	for i := 0; i < n; {
		j, head := nameAt(s, i)
		w := s.Words[head]
		if j-i > 1 {
			forms := make([]string, 0, j-i)
			for k := i; k < j; k++ {
				forms = append(forms, s.Words[k].Form)
			}
			w.Form, w.Pos, w.Tag = strings.Join(forms, " "), "PROPN", "NNP"
			w.Lemma = w.Form
		}
		for k := i; k < j; k++ {
			to[k] = len(words)
		}
		words = append(words, w)
		heads = append(heads, s.Words[head].Head)
		i = j
	}
	for i, h := range heads {
		words[i].Head = -1
		if h >= 0 {
			words[i].Head = to[h]
		}
	}
	return Annotated{Text: s.Text, Words: words}
}

// nameAt returns the end of the name that begins at word i, and its head word;
// i+1 and i when none does. Only a run whose single outgoing arc is its
// head's counts.
func nameAt(s Annotated, i int) (end, head int) {
	part := func(k int) bool {
		w := s.Words[k]
		return w.Pos == "PROPN" || w.Pos == "ADJ" && k == i && strings.ToLower(w.Form) != w.Form
	}
	j := i
	for j < len(s.Words) && part(j) {
		j++
	}
	for ; j-i > 1; j-- {
		if h, ok := singleHead(s, i, j); ok && s.Words[j-1].Pos == "PROPN" {
			return j, h
		}
	}
	return i + 1, i
}

// singleHead returns the one word of [i,j) whose head lies outside; ok is
// false when there are several, or when words outside hang on others of the
// run.
func singleHead(s Annotated, i, j int) (head int, ok bool) {
	head = -1
	for k := i; k < j; k++ {
		if h := s.Words[k].Head; h < i || h >= j {
			if head >= 0 {
				return 0, false
			}
			head = k
		}
	}
	return head, head >= 0
}
