using RagApp.Contracts.Search;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Identity;
using RagApp.Storage;
using RagApp.Storage.Access;
using RagApp.Storage.Index;
using RagApp.Storage.Lucene;
using RagApp.Tests.TestServices;
using RagApp.Text.Analysis;

namespace RagApp.Tests.Storage;

/// <summary>
/// The index of a writer process that is killed while it writes. The writer is this program, running <see cref="Child"/> or
/// <see cref="AccessChild"/>.
/// </summary>
public sealed class KilledWriterTests
{
    private const string FolderVariable = "RAGAPP_TEST_INDEX";
    private const string PipeVariable = "RAGAPP_TEST_PIPE";

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(30)]
    public async Task ReplaceAsync_KilledAfterAnAcknowledgement_HasEverythingAcknowledged(int killAfter)
    {
        using var folder = new TemporaryFolder();
        var last = await RunAndKillAsync(nameof(Child), folder.Path, killAfter);

        var options = Options.Create(new StorageOptions { DataPath = folder.Path });
        var analysis = new TextAnalysis();
        using var index = new LuceneChunkIndex(options, analysis);
        var found = await SearchAsync(index);
        var version = found.Select(chunk => chunk.Chunk.Version).Distinct().ShouldHaveSingleItem();
        version.ShouldBeGreaterThanOrEqualTo(last);
        found.Count.ShouldBe(3);

        using var writer = new LuceneChunkIndexWriter(options, analysis);
        await writer.ReplaceAsync(Version(1000), Cancellation);
        using var reopened = new LuceneChunkIndex(options, analysis);
        (await SearchAsync(reopened)).Select(chunk => chunk.Chunk.Version).ShouldBe([1000, 1000, 1000]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task ChangeAccessAsync_KilledAfterAnAcknowledgement_HasTheListAcknowledged(int killAfter)
    {
        using var folder = new TemporaryFolder();
        var last = await RunAndKillAsync(nameof(AccessChild), folder.Path, killAfter);

        using var writer = new LuceneChunkIndexWriter(Options.Create(new StorageOptions { DataPath = folder.Path }), new TextAnalysis());
        var indexed = (await writer.ScanAsync("acme", "d1", Cancellation).ToListAsync(Cancellation)).ShouldHaveSingleItem();
        indexed.Chunks.ShouldBe(3);
        Enumerable.Range(last, 1000).Select(number => IndexedVersion.FingerprintOf(ListOf(number))).ShouldContain(indexed.AccessFingerprint);
        await writer.ChangeAccessAsync("acme", ["d1"], ["public"], Cancellation);
        using var reopened = new LuceneChunkIndex(Options.Create(new StorageOptions { DataPath = folder.Path }), new TextAnalysis());
        (await SearchAsync(reopened)).Count.ShouldBe(3);
    }

    [Fact(Explicit = true)]
    public Task Child() => WorkAsync((index, version) => index.ReplaceAsync(Version(version), Cancellation));

    [Fact(Explicit = true)]
    public Task AccessChild() => WorkAsync(async (index, number) =>
    {
        if (number == 1)
            await index.ReplaceAsync(Version(1), Cancellation);
        await index.ChangeAccessAsync("acme", ["d1"], ListOf(number), Cancellation);
    });

    /// <summary>Main loop of a child: changes the index until it is killed, and acknowledges each change that has returned.</summary>
    private static async Task WorkAsync(Func<LuceneChunkIndexWriter, int, Task> change)
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable);
        Assert.SkipWhen(folder is null, "Started by the other test only.");
        await using var acknowledge = new NamedPipeClientStream(".", Environment.GetEnvironmentVariable(PipeVariable)!, PipeDirection.Out);
        await acknowledge.ConnectAsync(Cancellation);
        await using var writer = new StreamWriter(acknowledge) { AutoFlush = true };
        using var index = new LuceneChunkIndexWriter(Options.Create(new StorageOptions { DataPath = folder }), new TextAnalysis());
        for (var number = 1; number < 1000; number++)
        {
            await change(index, number);
            await writer.WriteLineAsync(number.ToString(CultureInfo.InvariantCulture));
        }
        Assert.Fail("The parent did not kill this process.");
    }

    private static string[] ListOf(int number) => [string.Create(CultureInfo.InvariantCulture, $"user:u{number}")];

    /// <summary>
    /// Starts a child and kills it after <paramref name="killAfter"/> acknowledgements; returns the last acknowledgement that
    /// was read.
    /// </summary>
    private static async Task<int> RunAndKillAsync(string method, string folder, int killAfter)
    {
        var pipe = Path.GetRandomFileName();
        await using var acknowledgements = new NamedPipeServerStream(pipe, PipeDirection.In);
        using var child = StartChild(method, folder, pipe);
        try
        {
            return await ReadUntilAsync(acknowledgements, child, killAfter);
        }
        finally
        {
            child.Kill();
            await child.WaitForExitAsync(Cancellation);
        }
    }

    private static Process StartChild(string method, string folder, string pipe)
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "RagApp.Tests.exe" : "RagApp.Tests");
        var start = new ProcessStartInfo(program, ["-explicit", "only", "-method", $"{typeof(KilledWriterTests).FullName}.{method}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment[FolderVariable] = folder;
        start.Environment[PipeVariable] = pipe;
        return Process.Start(start)!;
    }

    /// <summary>Reads acknowledgements until the wanted one; returns the last one read.</summary>
    private static async Task<int> ReadUntilAsync(NamedPipeServerStream pipe, Process child, int wanted)
    {
        var output = child.StandardOutput.ReadToEndAsync(Cancellation);
        if (await Task.WhenAny(pipe.WaitForConnectionAsync(Cancellation), output) == output)
            Assert.Fail(await output);
        using var reader = new StreamReader(pipe, leaveOpen: true);
        var last = 0;
        while (last < wanted && await reader.ReadLineAsync(Cancellation) is { } line)
            last = int.Parse(line, CultureInfo.InvariantCulture);
        last.ShouldBe(wanted);
        return last;
    }

    private static IndexedDocument Version(int number) => new(
        "acme", "d1", "i1", number, "a.txt", "Title", new DocumentProperties(DocumentProperties.Upload, "txt", "en", Date: null, Tags: []), ["public"], "m",
        [.. Enumerable.Range(0, 3).Select(i => new ChunkEntry(i, $"apple {i}", "", Page: null, new float[] { 1, i }))]);

    private static async Task<IReadOnlyList<ScoredChunk>> SearchAsync(LuceneChunkIndex index)
    {
        var filter = AccessFilter.For(new Principal("acme", "alice", [], [], Region: null));
        return (await index.SearchAsync(new ChunkQuery("apple", Vector: null, Model: null, 10), filter, Cancellation)).Keyword;
    }
}
