package run

import (
	"math/rand/v2"
	"strings"
)

var adjectives = strings.Fields("able amber ample bold brave brisk bright calm clear clever cool crisp deep eager early fair fast fine fresh gentle glad golden good grand green happy keen kind lively lucky merry mild neat new noble plain proud quick quiet ready rich rosy sharp silver smart smooth snug solid steady still sunny sure swift tidy true vivid warm wise witty young zesty")

var animals = strings.Fields("ant badger bat bear beaver bee bison boar buck crane crow deer dingo dove duck eagle eel elk falcon ferret finch fox frog gecko goose gull hare hawk heron ibis jay koala lark lion llama lynx magpie marten mole moose moth newt otter owl ox panda perch pike plover puffin quail raven robin salmon seal shrew skunk sloth snail stoat stork swan swift tapir tiger toad trout viper vole walrus wasp weasel whale wolf wombat wren yak zebra")

// randomName names a run whose client gave it none.
func randomName() string {
	return adjectives[rand.IntN(len(adjectives))] + "-" + animals[rand.IntN(len(animals))]
}
