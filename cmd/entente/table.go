package main

import (
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	entente "github.com/entente-kg/entente"
)

// narrowest is the least width that an elastic column is cut to.
const narrowest = 8

// writeTable writes the rows under their headings, no line wider than the
// terminal as far as cutting elastic columns can bring it.
func (s *session) writeTable(l listing) error {
	if len(l.rows) == 0 {
		return nil
	}
	l = withoutEmpty(l)
	t := table.NewWriter()
	t.SetStyle(plainStyle)
	widths := fit(l.columns, columnWidths(l), s.ui.width)
	header := make(table.Row, len(l.columns))
	for i, c := range l.columns {
		header[i] = s.ui.colors().bold + cut(c.name, widths[i]) + s.ui.colors().off
	}
	t.AppendHeader(header)
	for _, row := range l.rows {
		cells := make(table.Row, len(row))
		for i, cell := range row {
			cells[i] = cut(oneLineKept(cell), widths[i])
		}
		t.AppendRow(cells)
	}
	lines := strings.Split(t.Render(), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	_, err := io.WriteString(s.ui.out, strings.Join(lines, "\n")+"\n")
	return err
}

// plainStyle has two spaces between columns and no lines: it can be pasted, and
// cut by other programs.
var plainStyle = table.Style{
	Name:   "plain",
	Box:    table.BoxStyle{PaddingRight: "  "},
	Format: table.FormatOptions{Header: text.FormatDefault},
}

// withoutEmpty leaves out the optional columns that no row fills.
func withoutEmpty(l listing) listing {
	filled := func(i int) bool { return slices.ContainsFunc(l.rows, func(row []string) bool { return row[i] != "" }) }
	var keep []int
	var columns []column
	for i, c := range l.columns {
		if !c.optional || filled(i) {
			keep, columns = append(keep, i), append(columns, c)
		}
	}
	rows := make([][]string, len(l.rows))
	for n, row := range l.rows {
		for _, i := range keep {
			rows[n] = append(rows[n], row[i])
		}
	}
	l.columns, l.rows = columns, rows
	return l
}

// fits reports whether the table can be made as narrow as the terminal.
func (s *session) fits(l listing) bool {
	l = withoutEmpty(l)
	total := -gap
	for _, w := range fit(l.columns, columnWidths(l), s.ui.width) {
		total += w + gap
	}
	return s.ui.width == 0 || total <= s.ui.width
}

// gap is what stands between two columns.
const gap = 2

func columnWidths(l listing) []int {
	widths := make([]int, len(l.columns))
	for i, c := range l.columns {
		widths[i] = text.StringWidth(c.name)
	}
	for _, row := range l.rows {
		for i, cell := range row {
			widths[i] = max(widths[i], wordWidth(cell))
		}
	}
	return widths
}

// fit takes from the widest elastic column until the table is no wider than
// width; 0 means any width.
func fit(columns []column, widths []int, width int) []int {
	total := 0
	for _, w := range widths {
		total += w + gap
	}
	for total -= gap; width > 0 && total > width; total-- {
		widest := -1
		for i, c := range columns {
			if c.elastic && widths[i] > narrowest && (widest < 0 || widths[i] > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			break
		}
		widths[widest]--
	}
	return widths
}

// cut shortens a cell to a width in columns of the terminal, with an ellipsis
// for what is gone. A Hangul or Han sign is two columns wide.
func cut(cell string, width int) string {
	if wordWidth(cell) <= width {
		return cell
	}
	var b strings.Builder
	used := 0
	for _, r := range cell {
		w := text.RuneWidth(r)
		if used+w > width-1 {
			break
		}
		b.WriteRune(r)
		used += w
	}
	return b.String() + "…"
}

// oneLineKept puts what would break a line or move the cursor out of a cell,
// but leaves our own colours.
func oneLineKept(cell string) string {
	return strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(cell)
}

// clean takes control characters out of a text that comes from a report, so
// that it cannot steer the terminal.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case r < ' ' || r >= 0x7f && r < 0xa0:
			return -1
		}
		return r
	}, s)
}

// statusWord is a status as a table shows it.
func (u *ui) statusWord(st entente.Status) string {
	p := u.colors()
	switch st {
	case entente.Denied, entente.CalledOff:
		return p.red + string(st) + p.off
	case entente.Planned:
		return p.yellow + string(st) + p.off
	}
	return string(st)
}

// wordWidth is the width of a word in columns, escape sequences aside.
func wordWidth(word string) int { return text.StringWidthWithoutEscSequences(word) }
