package main

import (
	"fmt"
	"strings"
)

// grid is a table in running text: no cell is cut, since one column is folded
// onto further lines where the terminal is narrow.
type grid struct {
	margin string
	header []string // nil: none
	rows   [][]string
	folded int // the column that is folded
}

// narrowestFolded is the least width that the folded column is given; below it
// the cells of a row stand one after the other.
const narrowestFolded = 16

// without leaves out columns, one after the other, as long as nothing else lets
// every row stand on one line of the given width.
func (g grid) without(width int, columns ...int) grid {
	for _, c := range columns {
		total := len(g.margin) - gap
		for i := range g.rows[0] {
			widest := 0
			for _, cells := range append([][]string{g.header}, g.rows...) {
				if i < len(cells) {
					widest = max(widest, wordWidth(cells[i]))
				}
			}
			if widest > 0 {
				total += widest + gap
			}
		}
		if total <= width {
			break
		}
		for _, cells := range append([][]string{g.header}, g.rows...) {
			if c < len(cells) {
				cells[c] = ""
			}
		}
	}
	return g
}

// write writes the grid for a terminal of the given width.
func (g grid) write(b *strings.Builder, p palette, width int) {
	lines := g.rows
	if g.header != nil {
		lines = append([][]string{g.header}, g.rows...)
	}
	widths := g.widths(lines, width)
	for i, cells := range lines {
		line := g.line(cells, widths, width)
		if g.header != nil && i == 0 {
			line = p.dim + line + p.off
		}
		fmt.Fprintf(b, "%s\n", line)
	}
}

// widths returns the width of each column, nil where the folded one would be too
// narrow.
func (g grid) widths(lines [][]string, width int) []int {
	widths := make([]int, len(lines[0]))
	for _, cells := range lines {
		for i, cell := range cells {
			widths[i] = max(widths[i], wordWidth(cell))
		}
	}
	room := width - len(g.margin)
	for i, w := range widths {
		if i != g.folded && w > 0 {
			room -= w + gap
		}
	}
	if room < min(narrowestFolded, widths[g.folded]) {
		return nil
	}
	widths[g.folded] = min(widths[g.folded], room)
	return widths
}

// line sets the cells of a row.
func (g grid) line(cells []string, widths []int, width int) string {
	if widths == nil {
		var full []string
		for _, cell := range cells[1:] {
			if cell != "" {
				full = append(full, cell)
			}
		}
		return hanging(g.margin+cells[0]+"  ", strings.Join(full, " · "), width)
	}
	parts := strings.Split(fold(cells[g.folded], widths[g.folded], ""), "\n")
	var b strings.Builder
	for n, part := range parts {
		var line strings.Builder
		line.WriteString(g.margin)
		for i, cell := range cells {
			if widths[i] == 0 {
				continue
			}
			switch {
			case i == g.folded:
				cell = part
			case n > 0:
				cell = ""
			}
			line.WriteString(cell + strings.Repeat(" ", max(widths[i]-wordWidth(cell), 0)+gap))
		}
		if n > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(strings.TrimRight(line.String(), " "))
	}
	return b.String()
}
