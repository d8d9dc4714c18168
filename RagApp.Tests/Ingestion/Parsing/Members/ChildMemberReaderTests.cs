using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RagApp.Ingestion.Parsing;
using RagApp.Ingestion.Parsing.Members;
using RagApp.Parsing;
using RagApp.Parsing.Members;
using RagApp.Tests.Ingestion.Children;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Ingestion.Parsing.Members;

/// <summary>Files inside archives and e-mails, extracted by the real parser process.</summary>
public sealed class ChildMemberReaderTests : IDisposable
{
    private readonly TemporaryFolder _temp = new();
    private readonly Dictionary<string, byte[]> _taken = new(StringComparer.Ordinal);

    [Fact]
    public async Task ReadAsync_Archive_GivesEveryFileByteForByte()
    {
        var large = new byte[3 << 20];
        new Random(4711).NextBytes(large);
        "text "u8.CopyTo(large);

        var result = await ReadAsync(ZipFile.Of(("a.txt", "one"u8.ToArray()), ("large.bin", large), ("logo.png", [0x89, .. "PNG__"u8])));

        result.Outcome.ShouldBe(ParseOutcome.Text, result.Reason);
        result.Warnings.ShouldHaveSingleItem().ShouldContain("pictures (1)");
        _taken.Keys.ShouldBe(["a.txt", "large.bin"]);
        _taken["large.bin"].ShouldBe(large);
        Directory.EnumerateFiles(_temp.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadAsync_ManyFiles_ComeInOnePass()
    {
        var result = await ReadAsync(ZipFile.Of([.. Enumerable.Range(0, 3_000).Select(at => ($"{at}.txt", $"text {at}"))]));

        result.Outcome.ShouldBe(ParseOutcome.Text, result.Reason);
        _taken.Count.ShouldBe(3_000);
        Encoding.UTF8.GetString(_taken["2999.txt"]).ShouldBe("text 2999");
    }

    [Fact]
    public async Task ReadAsync_DamagedOnTheWay_TheOthersCome()
    {
        var middle = new byte[500_000];
        new Random(4711).NextBytes(middle);
        var archive = ZipFile.Of(("a.txt", "one"u8.ToArray()), ("b.bin", middle), ("c.txt", "three"u8.ToArray()));
        archive.AsSpan(200_000, 100).Clear();

        var result = await ReadAsync(archive);

        result.Outcome.ShouldBe(ParseOutcome.Text, result.Reason);
        _taken.Keys.ShouldBe(["a.txt", "c.txt"]);
        result.Warnings.ShouldHaveSingleItem().ShouldContain("b.bin");
    }

    [Fact]
    public async Task ReadAsync_ChildIsKilled_SaysSoAfterTheFilesThatCame()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "setrlimit is Linux's.");
        var digits = Random.Shared.GetItems("0123456789abcdef"u8.ToArray(), 16 << 10);
        // 64 MiB that compress well; forty of them take more than a second on any machine
        var large = Enumerable.Repeat(digits, 4_096).SelectMany(block => block).ToArray();
        using var archive = new MemoryStream(ZipFile.Of([("first.txt", "first"u8.ToArray()), .. Enumerable.Range(0, 40).Select(at => ($"{at}.txt", large))]));
        var taken = new List<string>();

        var result = await Reader(new ParserOptions { CpuSeconds = 1 }).ReadAsync(
            archive, "a.zip",
            async (member, content, token) =>
            {
                await content.CopyToAsync(Stream.Null, token);
                taken.Add(member.Name);
            },
            Cancellation);

        result.Outcome.ShouldBe(ParseOutcome.LimitHit);
        result.Reason!.ShouldContain("processor time");
        taken.ShouldContain("first.txt");
        taken.Count.ShouldBeLessThan(41);
    }

    [Fact]
    public async Task ReadAsync_TakerFails_IsTheCallersError()
    {
        var archive = ZipFile.Of(("a.txt", "one"));
        using var content = new MemoryStream(archive);

        await Should.ThrowAsync<IOException>(() => Reader(new ParserOptions()).ReadAsync(
            content, "a.zip", (_, _, _) => throw new IOException("The disk is full."), Cancellation));
    }

    [Fact]
    public async Task ReadAllAsync_FramesOfALyingChild_EndTheReading()
    {
        byte[][] lies =
        [
            [],
            [1, 255, 255, 255, 127],
            [2, 1, 0, 0, 0, 65],
            [9, 0, 0, 0, 0],
            Frames((MemberFrame.Begin, """{"number":1,"name":"a","size":3}"""), (MemberFrame.Data, "more than three"), (MemberFrame.Whole, "")),
            Frames((MemberFrame.Begin, "no json")),
            Frames((MemberFrame.End, "null")),
        ];

        foreach (var lie in lies)
            (await new MemberFrameReader(new MemoryStream(lie)).ReadAllAsync(TakeAsync, Cancellation)).ShouldBeNull();
        _taken.ShouldBeEmpty();
    }

    public void Dispose() => _temp.Dispose();

    private static byte[] Frames(params (MemberFrame Kind, string Payload)[] frames) =>
        [.. frames.SelectMany(frame => (byte[])[(byte)frame.Kind, .. BitConverter.GetBytes(frame.Payload.Length), .. Encoding.ASCII.GetBytes(frame.Payload)])];

    private async Task<ParseResult> ReadAsync(byte[] archive, ParserOptions? options = null)
    {
        using var content = new MemoryStream(archive);
        return await Reader(options ?? new ParserOptions()).ReadAsync(content, "archive.zip", TakeAsync, Cancellation);
    }

    private async Task TakeAsync(DocumentMember member, Stream content, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        _taken.Add(member.Name, bytes.ToArray());
    }

    private ChildMemberReader Reader(ParserOptions options)
    {
        options.TempPath = _temp.Path;
        var settings = Options.Create(options);
        return new ChildMemberReader(
            new ParserLauncher(settings), settings, TimeProvider.System, NullLogger<ChildMemberReader>.Instance);
    }
}
