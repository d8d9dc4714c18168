using System.Globalization;
using System.Text.Json.Nodes;

namespace RagApp.Benchmarks.Leaks;

/// <summary>Judges replies, and counts by surface what they showed.</summary>
internal sealed class LeakTally(MadeWorld world)
{
    private const int MostExamples = 30;

    private readonly Lock _one = new();
    private readonly SortedDictionary<string, Line> _lines = new(StringComparer.Ordinal);
    private readonly List<string> _examples = [];

    /// <summary>Counts of one surface, such as the list of documents.</summary>
    private sealed class Line
    {
        public long Requests { get; set; }

        /// <summary>A document with something that the person may not meet, and that could have been in the reply; once for each request.</summary>
        public long Cases { get; set; }

        /// <summary>Cases whose request asks for that very document.</summary>
        public long Aimed { get; set; }

        /// <summary>Planted words that were shown to somebody who may meet them.</summary>
        public long Found { get; set; }

        public long Missed { get; set; }

        public long Leaks { get; set; }

        public long Failures { get; set; }
    }

    public long Cases => Sum(line => line.Cases);

    public long Leaks => Sum(line => line.Leaks);

    public long Missed => Sum(line => line.Missed);

    public long Failures => Sum(line => line.Failures);

    public IReadOnlyList<string> Examples => _examples;

    public bool IsClean => (Leaks, Missed, Failures) == (0, 0, 0);

    /// <summary>True when the surface showed a word to somebody who may meet it: the silence of one that shows nothing proves nothing.</summary>
    public bool HasShown(string surface) => _lines.TryGetValue(surface, out var line) && line.Found > 0;

    public long LeaksOf(string surface) => _lines.TryGetValue(surface, out var line) ? line.Leaks : 0;

    /// <summary>Judges a reply by what the person may meet at this moment.</summary>
    public void Judge(MadePerson person, LeakRequest request, LeakReply reply)
    {
        var shown = world.Words.Find(reply.Text).Where(owners => !request.Said.Contains(owners[0].Word, StringComparison.OrdinalIgnoreCase)).ToList();
        var leaked = shown.Where(owners => !owners.Any(owner => Rights.MayMeet(person, owner, request.IsOriginal))).ToList();
        var missed = request.Expected.Where(word => !reply.Text.Contains(word, StringComparison.OrdinalIgnoreCase)).ToList();
        var isAimed = request.AimedAt is { } document && Rights.IsHidden(person, document);
        var cases = request.IsOfOneDocument ? (isAimed ? 1 : 0) : world.Documents.Count(each => Rights.IsHidden(person, each));
        lock (_one)
        {
            var line = LineOf(request.Surface);
            line.Requests++;
            line.Cases += cases;
            line.Aimed += isAimed ? 1 : 0;
            line.Found += shown.Count - leaked.Count;
            line.Missed += missed.Count;
            line.Leaks += leaked.Count;
            line.Failures += reply.Status >= 500 ? 1 : 0;
            foreach (var owners in leaked)
                Note($"LEAK {owners[0].Part} of {owners[0].Document} to {person} by {request.Method} {request.Path} {request.Body?.ToJsonString()}");
            foreach (var word in missed)
                Note($"missed {word} for {person} by {request.Method} {request.Path} {request.Body?.ToJsonString()}");
            if (reply.Status >= 500)
                Note($"{reply.Status} by {request.Method} {request.Path}: {reply.Text}");
        }
    }

    /// <summary>Counts a comparison of two replies that must be equal.</summary>
    public void Compare(MadePerson person, LeakRequest request, string before, string after)
    {
        lock (_one)
        {
            var line = LineOf(request.Surface);
            line.Requests++;
            line.Cases++;
            line.Found++;
            if (before == after)
                return;
            line.Leaks++;
            Note($"LEAK by a difference for {person} by {request.Method} {request.Path} {request.Body?.ToJsonString()}:\n    {before}\n    {after}");
        }
    }

    /// <summary>Adds what the services logged, traced and measured; each document is a case of each.</summary>
    public void Add(WatchedTelemetry telemetry)
    {
        lock (_one)
        {
            foreach (var (kind, read) in ((string, int)[])[("logs", telemetry.Read.Logged), ("traces", telemetry.Read.Traced), ("metrics", telemetry.Read.Measured)])
            {
                var line = LineOf(kind);
                (line.Requests, line.Cases, line.Found) = (read, world.Documents.Count, read);
            }
            foreach (var (kind, text) in telemetry.Found)
            {
                LineOf(kind).Leaks++;
                Note($"LEAK in {kind}: {text}");
            }
        }
    }

    public IEnumerable<string> Table()
    {
        yield return Row("surface", "requests", "cases", "aimed", "shown to readers", "missed", "leaks");
        foreach (var (surface, line) in _lines)
            yield return Row(surface, line.Requests, line.Cases, line.Aimed, line.Found, line.Missed, line.Leaks);
        yield return Row("all", Sum(line => line.Requests), Cases, Sum(line => line.Aimed), Sum(line => line.Found), Missed, Leaks);
    }

    public JsonObject ToJson() => new()
    {
        ["cases"] = Cases, ["leaks"] = Leaks, ["missed"] = Missed, ["failures"] = Failures,
        ["surfaces"] = new JsonObject(_lines.Select(line => KeyValuePair.Create(line.Key, (JsonNode?)new JsonObject
        {
            ["requests"] = line.Value.Requests, ["cases"] = line.Value.Cases, ["aimed"] = line.Value.Aimed, ["shown"] = line.Value.Found,
            ["missed"] = line.Value.Missed, ["leaks"] = line.Value.Leaks,
        }))),
        ["examples"] = new JsonArray([.. _examples.Select(example => JsonValue.Create(example))]),
    };

    private static string Row(string surface, params object[] values) =>
        string.Create(CultureInfo.InvariantCulture, $"{surface,-30}{string.Concat(values.Select(value => string.Format(CultureInfo.InvariantCulture, "{0,17:N0}", value)))}");

    private Line LineOf(string surface) => _lines.TryGetValue(surface, out var line) ? line : _lines[surface] = new Line();

    private long Sum(Func<Line, long> of)
    {
        lock (_one)
            return _lines.Values.Sum(of);
    }

    private void Note(string example)
    {
        if (_examples.Count < MostExamples)
            _examples.Add(example);
    }
}
