// Package catalog holds the use cases over all kinds of entities but runs and logs: validation against the
// schema of the kind, versions, updates, deletion with cascade, lists, the view of a project, schemas,
// labels and relationships.
//
// What differs between entity types stands in one table (kinds.go); the code is the same for all. A write
// happens in one transaction together with everything that belongs to it.
package catalog
