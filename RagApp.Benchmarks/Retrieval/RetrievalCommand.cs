using System.Diagnostics;
using System.Globalization;

namespace RagApp.Benchmarks.Retrieval;

/// <summary>The verb <c>retrieval</c>: how well documents are found, by words, by meaning, by both, and through the router.</summary>
internal static class RetrievalCommand
{
    public const string Verb = "retrieval";

    private const int UsageError = 64;

    private const string Help = """
        usage: retrieval --data DIR [--index lucene|qdrant] [--sets A,B] [--questions N] [--cache DIR]

        Puts the questions of each set to the real search over the real index, with the embedded model, and prints
        recall, MRR and nDCG with their 95 % intervals, and what the fused list gains on the better of its parts.
        A document counts by its best passage. Questions of a set are also put to the documents of the same set in
        another language, where both are there and share their ids (xquad-de on xquad-en).

          --data DIR      a set (corpus.jsonl, queries.jsonl, qrels.tsv), or a folder of sets
          --index X       lucene, the default, in a temporary folder; or qdrant, on the server of QDRANT_URL (with
                          QDRANT_API_KEY) and the Redis of ConnectionStrings__redis: collections ragapp_retrieval*
                          stay there
          --sets A,B      only these sets; the pairs of languages among them
          --questions N   at most so many questions of each set, evenly spread; all by default
          --cache DIR     where vectors are kept from run to run, so that a text is embedded once;
                          by default a folder below the system's temporary one

        Exit code: 0, or 1 when the fused list is below the better of its parts beyond chance, 64 wrong usage.
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Contains("--help"))
        {
            Console.WriteLine(Help);
            return 0;
        }
        try
        {
            var options = VerbOptions.Read(args, "--data", "--index", "--sets", "--questions", "--cache");
            var sets = ReadSets(options);
            await using var bench = await RetrievalBench.StartAsync(
                options["--cache"] ?? Path.Combine(Path.GetTempPath(), "ragapp-vectors"), IndexChoice.SettingsFor(options["--index"]));
            return await CompareAsync(bench, sets);
        }
        catch (UsageException exception)
        {
            await Console.Error.WriteLineAsync($"{exception.Message}\n{Help}");
            return UsageError;
        }
    }

    private static List<EvaluationSet> ReadSets(VerbOptions options)
    {
        var wanted = options["--sets"]?.Split(',');
        var most = options["--questions"] is not { } text ? int.MaxValue
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
            : throw new UsageException("--questions takes a number, at least 1.");
        var folders = EvaluationSet.FoldersIn(options.Folder("--data"))
            .Where(folder => wanted is null || wanted.Contains(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)))).ToList();
        return folders.Count > 0
            ? [.. folders.Select(EvaluationSet.Read).Select(set => set.WithAtMost(most))]
            : throw new UsageException("There is no such set.");
    }

    private static async Task<int> CompareAsync(RetrievalBench bench, List<EvaluationSet> sets)
    {
        foreach (var set in sets)
        {
            var progress = new Progress<int>(done => Say($"{set.Name}: {done:N0} passages embedded"));
            var passages = await bench.IndexAsync(set, progress, CancellationToken.None);
            Say($"{set.Name}: {set.Documents.Count:N0} documents, {passages:N0} passages, {set.Questions.Count:N0} questions");
        }
        var below = new List<string>();
        foreach (var (documents, questions) in sets.SelectMany(documents => sets.Where(documents.IsAnsweredBy).Select(questions => (documents, questions))))
        {
            var comparison = await CompareAsync(bench, documents, questions);
            comparison.Print(Console.Out);
            if (comparison.IsBelowItsParts)
                below.Add(comparison.Name);
        }
        Console.WriteLine(below.Count == 0
            ? "Nowhere is the fused list below the better of its parts beyond chance."
            : $"The fused list is below the better of its parts: {string.Join(", ", below)}");
        return below.Count == 0 ? 0 : 1;
    }

    private static async Task<Comparison> CompareAsync(RetrievalBench bench, EvaluationSet documents, EvaluationSet questions)
    {
        var started = Stopwatch.GetTimestamp();
        var scores = new Dictionary<SearchWay, IReadOnlyList<QuestionScore>>();
        foreach (var way in SearchWay.All)
            scores[way] = await bench.ScoreAsync(documents.Name, questions.Questions, way, CancellationToken.None);
        var name = documents == questions ? documents.Name : $"{questions.Name} on {documents.Name}";
        Say($"{name}: {SearchWay.All.Count * questions.Questions.Count:N0} searches in {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s");
        return new Comparison(name, scores);
    }

    /// <summary>Progress goes where it does not mix with the result.</summary>
    private static void Say(FormattableString line) => Console.Error.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
