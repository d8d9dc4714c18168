using System.Globalization;

namespace RagApp.Benchmarks.Revocations;

/// <summary>
/// The verb <c>revocations</c>: whether an index under load loses writes that it acknowledged, or shows what was
/// revoked, while somebody stops, kills, freezes and cuts off nodes of its cluster.
/// </summary>
internal static class RevocationsCommand
{
    public const string Verb = "revocations";

    private const int UsageError = 64;
    private const int Longest = 86_400;
    private const int Trials = 30;
    private const int MostChunks = 100_000;
    private const int DocumentsPerWriter = 60;

    /// <summary>The longest time that a node may take to answer after it is back.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private const string Help = """
        usage: revocations [--seconds N] [--index qdrant|lucene] [--long-write N]

          --seconds N   how long the load runs, 1 to 86400 (default 60)
          --index       qdrant (default): at the gRPC addresses in QDRANT_URL (port 6334), several joined by commas, REST
                        one port below each, with the key in QDRANT_API_KEY if the server wants one; lucene: in a folder
          --long-write N  instead of the load: 30 documents are revoked by their access list and 30 by removal, for one
                        reader and for two, while a document of N chunks is written again and again. Prints how long a
                        revocation took, and how long after its answer a search began that still found the document

        Four writers put documents in, change who may read them and remove them. Six readers search all the while as the
        product does, on all addresses, and six more at each address alone, which can only fail while that node is gone.
        Prints acknowledged writes that are lost in the end, chunks seen by searches that began after they were revoked or
        removed, exceptions that are none of the index's own, and by kind rates, times, how many took over 3 s, and errors
        with the time from first to last. Ends with 1 when anything was lost, seen or left unexplained, or when not one
        access list could be changed and searched under. What it wrote is removed.
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
            var options = VerbOptions.Read(args, "--seconds", "--index", "--long-write");
            var duration = TimeSpan.FromSeconds(Number(options, "--seconds", "60", Longest));
            var longWrite = Number(options, "--long-write", "0", MostChunks);
            await using var index = Open(options["--index"] ?? "qdrant");
            if (longWrite > 0)
                return await new RevocationTrials(index, Trials, longWrite).RunAsync() ? 0 : 1;
            var tally = new RevocationTally(TimeProvider.System);
            var load = new RevocationLoad(index, DocumentsPerWriter, tally, TimeProvider.System);
            await load.FillAsync();
            using var end = new CancellationTokenSource(duration, TimeProvider.System);
            await load.RunAsync(end.Token);
            await load.CompareAsync(Patience);
            tally.Print(duration);
            return tally.IsClean ? 0 : 1;
        }
        catch (UsageException exception)
        {
            await Console.Error.WriteLineAsync($"{exception.Message}\n{Help}");
            return UsageError;
        }
    }

    private static IndexUnderTest Open(string name) => name switch
    {
        "lucene" => IndexUnderTest.OnLucene(),
        "qdrant" when Environment.GetEnvironmentVariable("QDRANT_URL") is { Length: > 0 } addresses =>
            IndexUnderTest.OnQdrant(addresses, Environment.GetEnvironmentVariable("QDRANT_API_KEY") ?? ""),
        "qdrant" => throw new UsageException("QDRANT_URL is not set: give it the address of a server, such as http://127.0.0.1:6334."),
        _ => throw new UsageException("--index takes qdrant or lucene."),
    };

    private static int Number(VerbOptions options, string name, string otherwise, int most) =>
        int.TryParse(options[name] ?? otherwise, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number <= most && (number >= 1 || options[name] is null)
            ? number
            : throw new UsageException($"{name} takes a whole number from 1 to {most}.");
}
