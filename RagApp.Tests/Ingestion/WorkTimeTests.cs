using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using RagApp.Contracts.Documents;
using RagApp.Dlp;
using RagApp.Dlp.Detectors;
using RagApp.Dlp.Text;
using RagApp.Ingestion.Processing;
using RagApp.Parsing;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion;

public sealed class WorkTimeTests
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Run_StepsThatTakeTooLongTogether_EndWithAWayOut()
    {
        var work = new WorkTime(Most, _time, CancellationToken.None);

        Take(work, Most * 0.6).ShouldBe(1);
        _time.Advance(Most); // time outside a step does not count
        Take(work, Most * 0.3).ShouldBe(1);

        Should.Throw<ParseLimitException>(() => Take(work, Most * 0.2)).Message.ShouldContain("longer than 10 s. Split it into several documents");
        Should.Throw<ParseLimitException>(() => Take(work, TimeSpan.Zero));
    }

    [Fact]
    public void Run_Stopped_EndsAsStopped()
    {
        using var stopped = new CancellationTokenSource();
        var work = new WorkTime(Most, _time, stopped.Token);

        Should.Throw<OperationCanceledException>(() => work.Run(token =>
        {
            stopped.Cancel();
            token.ThrowIfCancellationRequested();
            return 1;
        }));
    }

    [Fact]
    public async Task Upload_TextThatTakesTooLong_FailsAndTheOthersGoOn()
    {
        await using var service = await StartAsync(
            services =>
            {
                services.Remove(services.Single(service => service.ImplementationType == typeof(JwtDetector)));
                services.AddSingleton<IDetector, EndlessDetector>();
            },
            "--Processing:Workers=1", "--Processing:WorkTime=00:00:01");
        var endless = await service.UploadAsync(Alice, "first.txt", $"This is {EndlessDetector.Word}.", "public");
        var other = await service.UploadAsync(Alice, "other.txt", "The gecko text.", "public");

        (await service.SettleAsync(Alice, other.Id)).Status.ShouldBe(DocumentStatus.Indexed);
        var info = await service.SettleAsync(Alice, endless.Id);
        info.Status.ShouldBe(DocumentStatus.Failed);
        info.Reason.ShouldBe("Working through its text took longer than 1 s. Split it into several documents.");
    }

    private int Take(WorkTime work, TimeSpan time) => work.Run(token =>
    {
        _time.Advance(time);
        token.ThrowIfCancellationRequested();
        return 1;
    });

    /// <summary>
    /// A detector that never finishes a text that contains its word, but observes its cancellation token as every detector does.
    /// File names must not contain the word: names are screened without a time limit, because they are short.
    /// </summary>
    private sealed class EndlessDetector : IDetector
    {
        public const string Word = "endless";

        public string Name => "jwt";

        public void Find(ReadOnlySpan<char> text, ICollection<TextSpan> found, CancellationToken cancellationToken)
        {
            if (!text.Contains(Word, StringComparison.Ordinal))
                return;
            cancellationToken.WaitHandle.WaitOne();
            cancellationToken.ThrowIfCancellationRequested();
        }

        public int OpenFrom(ReadOnlySpan<char> text) => text.Length;
    }
}
