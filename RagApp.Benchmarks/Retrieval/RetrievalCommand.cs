using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace RagApp.Benchmarks.Retrieval;

/// <summary>The verb <c>retrieval</c>: quality of keyword, semantic and hybrid search, and of the search mode that the router chooses.</summary>
internal static class RetrievalCommand
{
    private static readonly Option<DirectoryInfo> Data = VerbOptions.Data("A set (corpus.jsonl, queries.jsonl, qrels.tsv), or a folder of sets.");
    private static readonly Option<string?> Index = VerbOptions.Text(
        "--index", "lucene|qdrant",
        "lucene, the default, in a temporary folder; or qdrant, on the server of QDRANT_URL (with QDRANT_API_KEY) and the Redis of ConnectionStrings__redis: collections ragapp_retrieval* stay there.");
    private static readonly Option<string?> Sets = VerbOptions.Text("--sets", "A,B", "Only these sets; the pairs of languages among them.");
    private static readonly Option<int> Questions = VerbOptions.Number("--questions", "At most so many questions of each set, evenly spread; all by default.", int.MaxValue, least: 1);
    private static readonly Option<string> Cache = VerbOptions.EmbeddedTextFile();

    public static Command Create()
    {
        var command = new Command(
            "retrieval",
            """
            Measures how well documents are found, by words, by meaning and by both, on sets with judgements.

            Puts the questions of each set to the real search over the real index, with the embedded model, and prints
            recall, MRR and nDCG with their 95 % intervals, and what the fused list gains on the better of its parts.
            A document counts by its best passage. Questions of a set are also put to the documents of the same set in
            another language, where both are there and share their ids (xquad-de on xquad-en).

            Exit code 1: the fused list is below the better of its parts beyond chance.
            """) { Data, Index, Sets, Questions, Cache };
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        var sets = ReadSets(parsed);
        await using var bench = await RetrievalBench.StartAsync(parsed.GetRequiredValue(Cache), IndexChoice.SettingsFor(parsed.GetValue(Index)));
        return await CompareAsync(bench, sets);
    }

    private static List<EvaluationSet> ReadSets(ParseResult parsed)
    {
        var wanted = parsed.GetValue(Sets)?.Split(',');
        var folders = EvaluationSet.FoldersIn(parsed.GetRequiredValue(Data).FullName)
            .Where(folder => wanted is null || wanted.Contains(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)))).ToList();
        return folders.Count > 0
            ? [.. folders.Select(EvaluationSet.Read).Select(set => set.WithAtMost(parsed.GetValue(Questions)))]
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

    /// <summary>Writes progress to standard error, so that it does not mix with the result on standard output.</summary>
    private static void Say(FormattableString line) => Console.Error.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
