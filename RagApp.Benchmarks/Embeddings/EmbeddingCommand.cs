using System.CommandLine;
using System.Globalization;
using ParseResult = System.CommandLine.ParseResult;

namespace RagApp.Benchmarks.Embeddings;

/// <summary>The verb <c>embedding</c>: what the embedding service costs beside the bare model, and what it saves beside a provider.</summary>
internal static class EmbeddingCommand
{
    private const double LeastShare = 0.95;
    private const double MostSlowdown = 2;

    private static readonly Option<int> Chunks = VerbOptions.Number("--chunks", "How many chunks each round embeds.", 300, least: 50);
    private static readonly Option<int> Rounds = VerbOptions.Number("--rounds", "How often service and bare model take turns.", 3, least: 1, most: 100);
    private static readonly Option<int> Questions = VerbOptions.Number("--questions", "How many questions are timed, idle and during an upload.", 60, least: 10);

    public static Command Create()
    {
        var command = new Command(
            "embedding",
            """
            Measures the embedding service: tokens per second, calls to a provider, and a question's latency.

            Measures tokens per second through the service (a process of its own, over HTTP, without a cache) and of the bare
            model in this process, in turns; the calls to a stand-in of a provider for 1,000 chunks that eight uploads send
            together; and how long a question's vector takes idle and while an upload keeps every processor busy.
            The exit code is 1 when the service has less than 95 % of the bare model's rate, or a question takes more than
            twice as long during an upload.
            """) { Chunks, Rounds, Questions };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var service = await EmbeddingProcess.StartAsync([], cancellationToken);
        using var model = new BareModel();
        var share = await CompareAsync(service, model, parsed.GetValue(Chunks), parsed.GetValue(Rounds), cancellationToken);
        var slowdown = await TimeQuestionsAsync(service, parsed.GetValue(Questions), cancellationToken);
        await CountCallsAsync(cancellationToken);
        return share >= LeastShare && slowdown <= MostSlowdown ? 0 : 1;
    }

    /// <summary>Share of the bare model's rate that the service has, the median of the rounds.</summary>
    private static async Task<double> CompareAsync(EmbeddingProcess service, BareModel model, int chunks, int rounds, CancellationToken cancellationToken)
    {
        var (shares, processorShares) = (new List<double>(), new List<double>());
        var warmUp = ChunkTexts.Make(chunks, seed: -1); // the first texts also pay for the compilation of the code that they run
        model.Embed(warmUp);
        await service.EmbedAsync(warmUp, cancellationToken);
        for (var round = 0; round < rounds; round++)
        {
            // Other texts in every round: no round gains from the one before.
            var texts = ChunkTexts.Make(chunks, seed: round);
            var bare = model.Embed(texts);
            var served = await service.EmbedAsync(texts, cancellationToken);
            shares.Add(served.PerSecond / bare.PerSecond);
            processorShares.Add(served.PerProcessorSecond / bare.PerProcessorSecond);
            Say($"round {round + 1}: bare model {bare.PerSecond:0} tokens/s ({bare.PerProcessorSecond:0} per second of one processor), service {served.PerSecond:0} ({served.PerProcessorSecond:0})");
        }
        Say($"the service has {100 * Median(shares):0.0} % of the bare model's rate (median of {rounds}; aim: at least {100 * LeastShare:0} %), {100 * Median(processorShares):0.0} % by processor time");
        return Median(shares);
    }

    /// <summary>A question's median latency during an upload, as a multiple of that when idle.</summary>
    private static async Task<double> TimeQuestionsAsync(EmbeddingProcess service, int questions, CancellationToken cancellationToken)
    {
        await service.TimeQuestionsAsync(questions / 2, cancellationToken); // warms up
        var idle = await service.TimeQuestionsAsync(questions, cancellationToken);
        using var uploadEnds = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var upload = service.UploadUntilAsync(uploadEnds.Token);
        await service.TimeQuestionsAsync(questions / 4, cancellationToken); // until the upload keeps every processor busy
        var busy = await service.TimeQuestionsAsync(questions, cancellationToken);
        await uploadEnds.CancelAsync();
        await upload;
        var slowdown = Median(busy) / Median(idle);
        Say($"a question's vector, idle: median {Median(idle):0.0} ms, 95th percentile {Percentile95(idle):0.0} ms");
        Say($"a question's vector, during an upload: median {Median(busy):0.0} ms, 95th percentile {Percentile95(busy):0.0} ms: {slowdown:0.0} times (aim: at most {MostSlowdown:0})");
        return slowdown;
    }

    private static async Task CountCallsAsync(CancellationToken cancellationToken)
    {
        const int Total = 1000;
        await using var provider = await ProviderStandIn.StartAsync(cancellationToken);
        using var service = await EmbeddingProcess.StartAsync(provider.Settings, cancellationToken);
        var requests = await service.UploadTogetherAsync(ChunkTexts.Make(Total, seed: 1), cancellationToken);
        Say($"calls to a provider for {Total} chunks: {provider.Calls}, of {requests} requests to the service");
    }

    private static double Median(IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static double Percentile95(double[] sorted) => sorted[(int)(0.95 * (sorted.Length - 1))];

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
