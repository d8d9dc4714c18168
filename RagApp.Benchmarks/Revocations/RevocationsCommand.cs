using System.CommandLine;

namespace RagApp.Benchmarks.Revocations;

/// <summary>
/// The verb <c>revocations</c>: tests whether an index under load loses acknowledged writes, or returns documents after
/// access to them was revoked, while somebody stops, kills, freezes or disconnects nodes of its cluster.
/// </summary>
internal static class RevocationsCommand
{
    private const int Longest = 86_400;
    private const int Trials = 30;
    private const int MostChunks = 100_000;
    private const int DocumentsPerWriter = 60;

    /// <summary>Time that a node may take to answer after it is back.</summary>
    private static readonly TimeSpan CompareTimeout = TimeSpan.FromMinutes(1);

    private static readonly Option<int> Seconds = VerbOptions.Number("--seconds", "How long the load runs, 1 to 86400.", 60, least: 1, Longest);
    private static readonly Option<string?> Index = VerbOptions.Text(
        "--index", "qdrant|lucene",
        "qdrant, the default: at the gRPC addresses in QDRANT_URL (port 6334), several joined by commas, REST one port below each, with the key in QDRANT_API_KEY if the server wants one; lucene: in a folder.");
    private static readonly Option<int> LongWrite = VerbOptions.Number(
        "--long-write",
        "Instead of the load: 30 documents are revoked by their access list and 30 by removal, for one reader and for two, while a document of N chunks is written again and again. Prints how long a revocation took, and how long after its answer a search began that still found the document.",
        0, least: 1, MostChunks);

    public static Command Create()
    {
        var command = new Command(
            "revocations",
            """
            Measures whether an index under load loses writes, or shows what was revoked.

            Four writers put documents in, change who may read them and remove them. Six readers search all the while as the
            product does, on all addresses, and six more at each address alone, which can only fail while that node is gone.
            Prints acknowledged writes that are lost in the end, chunks seen by searches that began after they were revoked or
            removed, exceptions that are none of the index's own, and by kind rates, times, how many took over 3 s, and errors
            with the time from first to last. Ends with 1 when anything was lost, seen or left unexplained, or when not one
            access list could be changed and searched under. What it wrote is removed.
            """) { Seconds, Index, LongWrite };
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        var duration = TimeSpan.FromSeconds(parsed.GetValue(Seconds));
        await using var index = Open(parsed.GetValue(Index) ?? "qdrant");
        if (parsed.GetValue(LongWrite) is > 0 and var chunks)
            return await new RevocationTrials(index, Trials, chunks).RunAsync() ? 0 : 1;
        var tally = new RevocationTally(TimeProvider.System);
        var load = new RevocationLoad(index, DocumentsPerWriter, tally, TimeProvider.System);
        await load.FillAsync();
        using var end = new CancellationTokenSource(duration, TimeProvider.System);
        await load.RunAsync(end.Token);
        await load.CompareAsync(CompareTimeout);
        tally.Print(duration);
        return tally.IsClean ? 0 : 1;
    }

    private static IndexUnderTest Open(string name) => name switch
    {
        "lucene" => IndexUnderTest.OnLucene(),
        "qdrant" when Environment.GetEnvironmentVariable("QDRANT_URL") is { Length: > 0 } addresses =>
            IndexUnderTest.OnQdrant(addresses, Environment.GetEnvironmentVariable("QDRANT_API_KEY") ?? ""),
        "qdrant" => throw new UsageException("QDRANT_URL is not set: give it the address of a server, such as http://127.0.0.1:6334."),
        _ => throw new UsageException("--index takes qdrant or lucene."),
    };
}
