package entente

// A Basis says how a report gives a date.
type Basis string

// The bases of a date; the zero value means that there is none.
const (
	Stated   Basis = "stated"   // "on 9 July 2025"
	Resolved Basis = "resolved" // "on Wednesday", worked out from the dateline
)

// Date is a day, month, year or interval of EDTF level 1 (ISO 8601-2:2019,
// annex A): "2023-10", "2025-07-11/2025-07-13", "2024-10/..". The zero Date is
// unknown; the day of publication never stands in for it.
type Date struct {
	EDTF  string `json:"edtf"`
	Basis Basis  `json:"basis,omitempty"`
	From  Span   `json:"from,omitzero"` // the words that it was read from
}

// IsZero reports whether the date is unknown.
func (d Date) IsZero() bool { return d.EDTF == "" }
