package bundle

import (
	"encoding/json"
	"fmt"
)

// entryOutputs reads from esbuild's metafile which output each entry became.
func entryOutputs(metafile string) (map[string]string, error) {
	var meta struct {
		Outputs map[string]struct {
			EntryPoint string `json:"entryPoint"`
		} `json:"outputs"`
	}
	if err := json.Unmarshal([]byte(metafile), &meta); err != nil {
		return nil, fmt.Errorf("bundle: reading esbuild's metafile: %w", err)
	}
	outputs := map[string]string{}
	for output, info := range meta.Outputs {
		if info.EntryPoint != "" {
			outputs[info.EntryPoint] = output
		}
	}
	return outputs, nil
}
