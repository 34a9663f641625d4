// Package data holds what entente knows of language and of the world: the
// gazetteer, the frames, the language model and the sample reports. README.md
// here is the page of the formats, NOTICES.md names sources and licences.
package data

import "embed"

// FS holds the files of this folder, by their path in it.
//
//go:embed all:frames all:questions all:reports english.model coref.model judge.model *.txt *.tsv
var FS embed.FS
