package state

import (
	"slices"

	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// Expire drops what was not flushed and marks the object, or some fields of it.
func (s *State) Expire(fields []*mapper.Field) {
	if len(fields) == 0 {
		s.Drop(s.Mapper.Fields)
		s.Expired, s.Partly = true, nil
		return
	}
	s.Drop(fields)
	if s.Expired && s.Partly == nil {
		return // all of it is marked
	}
	for _, f := range fields {
		if slices.Contains(s.Mapper.Deferred, f) {
			f.Unload(s.Object)
			f.Unload(s.Snapshot)
			continue
		}
		if !slices.Contains(s.Partly, f) {
			s.Partly = append(s.Partly[:len(s.Partly):len(s.Partly)], f)
		}
		s.Expired = true
	}
}

// Drop puts what the database holds into fields.
func (s *State) Drop(fields []*mapper.Field) {
	for _, f := range fields {
		f.Copy(s.Object, s.Snapshot)
	}
}

// Read notes that fields hold what their row does.
func (s *State) Read(fields []*mapper.Field) {
	if len(fields) == len(s.Mapper.Fields) && s.Mapper.Deferred == nil && s.Mapper.Expressions == nil {
		s.Mapper.CopyAll(s.Snapshot, s.Object)
		s.Expired, s.Partly = false, nil
		return
	}
	for _, f := range fields {
		f.Copy(s.Snapshot, s.Object)
	}
	if s.Partly == nil && s.Expired && s.covered(fields) {
		s.Expired = false
	}
	if s.Partly != nil {
		var left []*mapper.Field // fields may be the same list
		for _, f := range s.Partly {
			if !slices.Contains(fields, f) {
				left = append(left, f)
			}
		}
		s.Expired, s.Partly = left != nil, left
	}
}

// covered says whether fields are all that queries of the model read.
func (s *State) covered(fields []*mapper.Field) bool {
	if len(fields) < len(s.Mapper.Loads) {
		return false
	}
	for _, f := range s.Mapper.Loads {
		if !slices.Contains(fields, f) {
			return false
		}
	}
	return true
}
