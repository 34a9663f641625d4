// Package graph keeps readings of reports as a graph of claims in Cayley, and
// gives them back.
//
// Open a graph with [Open], or one in memory with [OpenMemory]; put readings in
// with [Graph.Add]; ask with [Graph.Find], [Graph.Claims] and a [Query], or with
// [Graph.Gizmo] in Cayley's own language. Package loader makes readings and adds
// them, package queries asks what takes more than one look.
//
// A claim is a node, and the label of each quad is the report that says so:
// quads.go has every shape with its reason, docs/graph.md shows them. What
// reports share (texts, names of entities) lies there once, and goes with the
// last report that needs it, so that the graph depends on the reports that are
// in it and not on how they came there.
//
// The quads lie in our store on Pebble (package graph/pebble). One process
// writes, or many read. A reading is one batch: after a crash it is there whole
// or not at all.
//
// Nothing is inferred here: claims of a state's officials, several reports that
// tell one event, ways between two actors are matters of package queries. Only
// merges of entities ([Graph.Merge]) are resolved, wherever the graph is read.
//
// Of Cayley v0.7.7 a script sees these faults still: followRecursive over both()
// follows incoming edges only; save() after save() loses combinations of several
// values; labelContext does not reach into follow() and followRecursive();
// order() mixes tags up.
package graph
