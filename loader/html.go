package loader

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	entente "github.com/entente-kg/entente"
)

// parseHTML keeps the article of a page (readability, as Firefox does it) as
// text, a paragraph of the page a paragraph of the text; title, publisher and
// date come from JSON-LD and meta elements.
func (d *document) parseHTML(name, page string) (Meta, error) {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return Meta{}, fmt.Errorf("%s: %w; save the article as text", name, err)
	}
	own := pageMeta(root)
	base, _ := url.Parse(own.URL)
	parser := readability.NewParser()
	article, err := parser.ParseDocument(root, base)
	var b blockWriter
	if err == nil && article.Node != nil {
		b.walk(article.Node)
		own.Title = or(own.Title, article.Title())
		own.Publisher = or(own.Publisher, article.SiteName())
	}
	if len(b.prose) == 0 { // too short for readability: all of the body
		if root, err = html.Parse(strings.NewReader(page)); err == nil {
			b = blockWriter{}
			b.walk(root)
		}
	}
	if strings.TrimSpace(b.text.String()) == "" {
		return Meta{}, fmt.Errorf("%s: no text in this page", name)
	}
	d.report.Text = b.text.String()
	first := d.prose(b.prose)
	own.Title = or(own.Title, first.Title)
	own.Publisher = or(own.Publisher, first.Publisher)
	if own.Published.IsZero() {
		own.Published = first.Published
	}
	return own, nil
}

// blockWriter writes the text of a page, one paragraph for each block element.
type blockWriter struct {
	text  strings.Builder
	prose []entente.Span
	line  strings.Builder
}

// silent are elements without text of the report.
var silent = map[atom.Atom]bool{atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Figcaption: true, atom.Nav: true, atom.Footer: true,
	atom.Aside: true, atom.Button: true, atom.Form: true, atom.Head: true, atom.Iframe: true, atom.Svg: true, atom.Template: true}

// blocks are elements that end a paragraph.
var blocks = map[atom.Atom]bool{atom.P: true, atom.Div: true, atom.Li: true, atom.Blockquote: true, atom.H1: true, atom.H2: true, atom.H3: true,
	atom.H4: true, atom.H5: true, atom.H6: true, atom.Br: true, atom.Tr: true, atom.Td: true, atom.Section: true, atom.Article: true, atom.Header: true,
	atom.Main: true, atom.Pre: true, atom.Dd: true, atom.Dt: true, atom.Ul: true, atom.Ol: true, atom.Table: true, atom.Figure: true, atom.Body: true}

func (b *blockWriter) walk(n *html.Node) {
	if n.Type == html.TextNode {
		b.line.WriteString(n.Data)
	}
	if silent[n.DataAtom] {
		return
	}
	block := n.Type == html.ElementNode && blocks[n.DataAtom]
	if block {
		b.flush(true)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.walk(c)
	}
	if block || n.Parent == nil {
		b.flush(!heading(n.DataAtom))
	}
}

func heading(a atom.Atom) bool {
	return a == atom.H1 || a == atom.H2 || a == atom.H3 || a == atom.H4 || a == atom.H5 || a == atom.H6
}

// flush ends a paragraph; prose says that it may be running text.
func (b *blockWriter) flush(prose bool) {
	words := strings.Join(strings.Fields(b.line.String()), " ")
	b.line.Reset()
	if words == "" {
		return
	}
	if b.text.Len() > 0 {
		b.text.WriteString("\n\n")
	}
	start := b.text.Len()
	b.text.WriteString(words)
	if prose {
		b.prose = append(b.prose, entente.Span{Start: start, End: b.text.Len()})
	}
}

// pageMeta reads title, publisher, date and address from the head of a page:
// JSON-LD (schema.org) first, then OpenGraph and other meta elements, then time.
func pageMeta(root *html.Node) Meta {
	var linked, tags, timed Meta
	for n := range root.Descendants() {
		switch n.DataAtom {
		case atom.Script:
			if attribute(n, "type") == "application/ld+json" && n.FirstChild != nil {
				readLinkedData(n.FirstChild.Data, &linked)
			}
		case atom.Meta:
			metaElement(n, &tags)
		case atom.Link:
			if attribute(n, "rel") == "canonical" {
				tags.URL = or(tags.URL, attribute(n, "href"))
			}
		case atom.Time:
			if timed.Published.IsZero() {
				timed.Published = dayOf(attribute(n, "datetime"))
			}
		}
	}
	m := Meta{URL: or(linked.URL, tags.URL), Title: or(linked.Title, tags.Title), Publisher: or(linked.Publisher, tags.Publisher)}
	for _, d := range []entente.Date{linked.Published, tags.Published, timed.Published} {
		if m.Published.IsZero() {
			m.Published = d
		}
	}
	return m
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

func metaElement(n *html.Node, m *Meta) {
	value := attribute(n, "content")
	switch strings.ToLower(or(or(attribute(n, "property"), attribute(n, "name")), attribute(n, "itemprop"))) {
	case "og:title", "dc.title", "twitter:title":
		m.Title = or(m.Title, value)
	case "og:site_name", "dc.publisher", "publisher", "application-name":
		m.Publisher = or(m.Publisher, value)
	case "og:url":
		m.URL = or(m.URL, value)
	case "article:published_time", "date", "dc.date", "dc.date.issued", "pubdate", "publishdate", "parsely-pub-date", "datepublished":
		if m.Published.IsZero() {
			m.Published = dayOf(value)
		}
	}
}

// dayOf returns the day of a time stamp, in its own zone; zero for none.
func dayOf(stamp string) entente.Date {
	if len(stamp) < len(time.DateOnly) {
		return entente.Date{}
	}
	if _, err := time.Parse(time.DateOnly, stamp[:10]); err != nil {
		return entente.Date{}
	}
	d, err := entente.ParseDate(stamp[:10])
	if err != nil {
		return entente.Date{}
	}
	return d
}

// readLinkedData reads the first article of a JSON-LD script.
func readLinkedData(raw string, m *Meta) {
	var v any
	if json.Unmarshal([]byte(raw), &v) != nil {
		return // a page's own scripts are often broken; its meta elements remain
	}
	linkedArticle(v, m, 0)
}

func linkedArticle(v any, m *Meta, depth int) {
	if depth > 4 {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			linkedArticle(e, m, depth+1)
		}
	case map[string]any:
		if graph, ok := v["@graph"]; ok {
			linkedArticle(graph, m, depth+1)
		}
		if kind := fmt.Sprint(v["@type"]); !strings.Contains(kind, "Article") && !strings.Contains(kind, "Report") {
			return
		}
		m.Title = or(m.Title, text(v["headline"]))
		m.URL = or(m.URL, text(v["url"]))
		if p, ok := v["publisher"].(map[string]any); ok {
			m.Publisher = or(m.Publisher, text(p["name"]))
		}
		if m.Published.IsZero() {
			m.Published = dayOf(text(v["datePublished"]))
		}
	}
}

func text(v any) string {
	s, _ := v.(string)
	return strings.TrimSpace(s)
}
