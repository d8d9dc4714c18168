using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RagApp.Storage.FileSystem;
using RagApp.Storage.Journals;
using RagApp.Storage.Journals.Chain;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Storage.Chain;

/// <summary>The hash chain over an audit journal: every kind of tampering with the files of the store is found.</summary>
public sealed class AuditChainTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private static readonly AuditSignatures Key = Signatures(ServiceSettings.SigningKey);

    private readonly TemporaryFolder _folder = new();
    private readonly FileBlobStore _blobs;
    private int _next;

    public AuditChainTests() => _blobs = new FileBlobStore(_folder.Path, TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    private string Journals => Path.Combine(_folder.Path, "blobs", "tenants", "acme", "journals");

    private List<string> Segments => [.. Directory.EnumerateFiles(Path.Combine(Journals, "audit"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private List<string> Links => [.. Directory.EnumerateFiles(Path.Combine(Journals, "audit-chain")).Order(StringComparer.Ordinal)];

    private List<string> Checkpoints => [.. Directory.EnumerateFiles(Path.Combine(Journals, "audit-checkpoints")).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task Verify_NothingWasDone_IsClean()
    {
        await WriteAsync(5);

        var result = await VerifyAsync();

        result.Problems.ShouldBeEmpty();
        (result.Links, result.Records, result.Earlier).ShouldBe((5, 5, 0));
        result.Checkpoint.ShouldNotBeNull().Number.ShouldBe(5);
    }

    [Fact]
    public async Task Append_SeveralProcessesAtOnce_MakeOneChain()
    {
        var writers = Enumerable.Range(0, 3).Select(_ => new Writer(_blobs)).ToList();
        for (var round = 0; round < 8; round++)
            await Task.WhenAll(writers.Select((writer, i) => writer.Journal.AppendAsync(Record((round * 10) + i), Cancellation)));

        var result = await VerifyAsync();

        result.Problems.ShouldBeEmpty();
        result.Records.ShouldBe(24);
    }

    [Fact]
    public async Task Append_AfterARestart_GoesOnWithTheChain()
    {
        await WriteAsync(3);
        await WriteAsync(2);

        var result = await VerifyAsync();

        result.Problems.ShouldBeEmpty();
        result.Links.ShouldBe(5);
    }

    [Fact]
    public async Task Append_LinkCannotBeWritten_IsNotAcknowledgedAndItsSegmentIsReported()
    {
        var writer = new Writer(_blobs);
        await writer.Journal.AppendAsync(Record(1), Cancellation);
        var chain = Path.Combine(Journals, "audit-chain");
        Directory.Move(chain, chain + "-away");
        await File.WriteAllTextAsync(chain, "", Cancellation);
        await Should.ThrowAsync<IOException>(writer.Journal.AppendAsync(Record(2), Cancellation));
        File.Delete(chain);
        Directory.Move(chain + "-away", chain);
        await writer.Journal.AppendAsync(Record(3), Cancellation);

        var result = await VerifyAsync();

        result.Records.ShouldBe(2);
        result.Problems.ShouldHaveSingleItem().ShouldContain("its process ended before its records were acknowledged");
    }

    [Fact]
    public async Task Verify_ARecordWasChangedAndItsSealMadeAnew_IsFound()
    {
        await WriteAsync(4);
        await using (var forged = SegmentFile.Write([new JournalLine(Noon, Encoding.UTF8.GetBytes(AuditLines.Of(Record(1) with { Actor = "user:mallory" })))]))
            await File.WriteAllBytesAsync(Segments[1], forged.ToArray(), Cancellation);

        (await VerifyAsync()).Problems.ShouldHaveSingleItem().ShouldMatch("Segment '.*' of link 2 was changed");
    }

    [Fact]
    public async Task Verify_ASegmentWasRemoved_IsFound()
    {
        await WriteAsync(4);
        File.Delete(Segments[2]);

        (await VerifyAsync()).Problems.ShouldHaveSingleItem().ShouldMatch("Segment '.*' of link 3 with 1 records was removed");
    }

    [Fact]
    public async Task Verify_ASegmentWasRemovedWithItsLink_IsFound()
    {
        await WriteAsync(4);
        File.Delete(Segments[2]);
        File.Delete(Links[2]);

        (await VerifyAsync()).Problems.ShouldContain("Links 3 to 3 are missing: they were removed.");
    }

    [Fact]
    public async Task Verify_LaterLinksWereMovedIntoAGap_IsFound()
    {
        await WriteAsync(4);
        File.Delete(Segments[1]);
        File.Delete(Links[1]);
        File.Move(Links[1], Path.Combine(Journals, "audit-chain", "000000000002.json"));
        File.Move(Links[2], Path.Combine(Journals, "audit-chain", "000000000003.json"));

        var problems = (await VerifyAsync()).Problems;

        problems.ShouldContain("Link 2 holds link 3: the order was changed.");
        problems.ShouldContain("The chain ends at link 3, but a signed checkpoint names link 4: the end was cut off.");
    }

    [Fact]
    public async Task Verify_TwoLinksWereExchanged_IsFound()
    {
        await WriteAsync(4);
        var links = Links;
        var (second, third) = (await File.ReadAllBytesAsync(links[1], Cancellation), await File.ReadAllBytesAsync(links[2], Cancellation));
        await File.WriteAllBytesAsync(links[1], third, Cancellation);
        await File.WriteAllBytesAsync(links[2], second, Cancellation);

        var problems = (await VerifyAsync()).Problems;

        problems.ShouldContain("Link 2 holds link 3: the order was changed.");
        problems.ShouldContain("Link 3 holds link 2: the order was changed.");
    }

    [Fact]
    public async Task Verify_TwoSegmentsWereExchanged_IsFound()
    {
        await WriteAsync(4);
        var segments = Segments;
        var (second, third) = (await File.ReadAllBytesAsync(segments[1], Cancellation), await File.ReadAllBytesAsync(segments[2], Cancellation));
        await File.WriteAllBytesAsync(segments[1], third, Cancellation);
        await File.WriteAllBytesAsync(segments[2], second, Cancellation);

        (await VerifyAsync()).Problems.Count(problem => problem.EndsWith("was changed.", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Verify_TheEndWasCutOff_IsFoundByTheCheckpoint()
    {
        await WriteAsync(5);
        foreach (var file in Segments.Skip(3).Concat(Links.Skip(3)))
            File.Delete(file);

        (await VerifyAsync()).Problems.ShouldHaveSingleItem().ShouldBe("The chain ends at link 3, but a signed checkpoint names link 5: the end was cut off.");
    }

    [Fact]
    public async Task Verify_TheEndWasCutOffWithItsCheckpoints_IsFoundByOneThatWasKept()
    {
        await WriteAsync(3);
        await WriteAsync(2);
        var kept = (await VerifyAsync()).Checkpoint.ShouldNotBeNull().ToString();
        foreach (var file in Segments.Skip(3).Concat(Links.Skip(3)).Concat(Checkpoints.Skip(1)))
            File.Delete(file);

        (await VerifyAsync()).Problems.ShouldBeEmpty(); // the store alone cannot show it
        (await VerifyAsync(kept: kept)).Problems.ShouldHaveSingleItem().ShouldContain("the checkpoint that was kept names link 5: the end was cut off");
    }

    [Fact]
    public async Task Verify_EverythingWasRemoved_IsFoundByOneThatWasKept()
    {
        await WriteAsync(3);
        var kept = (await VerifyAsync()).Checkpoint.ShouldNotBeNull().ToString();
        Directory.Delete(Journals, recursive: true);

        (await VerifyAsync(kept: kept)).Problems.ShouldHaveSingleItem().ShouldContain("The chain ends at link 0");
    }

    [Fact]
    public async Task Verify_TheChainWasMadeAnewWithoutTheKey_IsFound()
    {
        await WriteAsync(3);
        Directory.Delete(Journals, recursive: true);
        await WriteAsync(3, key: Signatures("the key of a forger, as long as it has to be"));

        var problems = (await VerifyAsync()).Problems;

        problems.Count(problem => problem.Contains("is not signed by a known key", StringComparison.Ordinal)).ShouldBe(4); // three links and a checkpoint
    }

    [Fact]
    public async Task Verify_ASegmentWasPutThere_IsFound()
    {
        await WriteAsync(2);
        await using var forged = SegmentFile.Write([new JournalLine(Noon, Encoding.UTF8.GetBytes(AuditLines.Of(Record(9))))]);
        await File.WriteAllBytesAsync(Path.Combine(Path.GetDirectoryName(Segments[0])!, "1300000000000-0000000000000000-00000001.jsonl"), forged.ToArray(), Cancellation);

        (await VerifyAsync()).Problems.ShouldHaveSingleItem().ShouldContain("is in no link: it was put there");
    }

    [Fact]
    public async Task Verify_TheChainOfAnotherTenant_IsFound()
    {
        await WriteAsync(2);
        await WriteAsync(2, tenant: "globex");
        Directory.Delete(Journals, recursive: true);
        Directory.Move(Path.Combine(_folder.Path, "blobs", "tenants", "globex", "journals"), Journals);

        (await VerifyAsync()).Problems.ShouldContain("Link 1 is not signed by a known key: it was changed or forged.");
    }

    [Fact]
    public async Task Verify_EveryFlippedByteOfALink_IsFound()
    {
        await WriteAsync(3);
        var link = Links[1];
        var bytes = await File.ReadAllBytesAsync(link, Cancellation);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 0x04;
            await File.WriteAllBytesAsync(link, bytes, Cancellation);
            (await VerifyAsync()).Problems.ShouldNotBeEmpty($"byte {i}");
            bytes[i] ^= 0x04;
        }
    }

    [Fact]
    public async Task Verify_RecordsFromBeforeTheChain_AreCountedAndNotBlamed()
    {
        var old = new Journal<AuditRecord>(
            _blobs, AuditJournal.Name, JournalsJson.Plain.AuditRecord, record => record.At, new global::RagApp.Storage.Journals.Telemetry(Meters.Factory()), TimeProvider.System, chain: null);
        await old.AppendAsync("acme", [Record(1)], Cancellation);
        await WriteAsync(2);

        var result = await VerifyAsync();

        result.Problems.ShouldBeEmpty();
        (result.Earlier, result.Records).ShouldBe((1, 2));
    }

    [Fact]
    public async Task Verify_AfterAChangeOfTheKey_FormerKeysHoldForOldLinks()
    {
        await WriteAsync(2);
        const string Next = "the next key, which is as long as it has to be";
        await WriteAsync(2, key: Signatures(Next, ServiceSettings.SigningKey));

        (await VerifyAsync(key: Signatures(Next, ServiceSettings.SigningKey))).Problems.ShouldBeEmpty();
        (await VerifyAsync(key: Signatures(Next))).Problems.ShouldNotBeEmpty();
    }

    private static AuditSignatures Signatures(string key, params string[] former)
    {
        var options = new AuditChainOptions { SigningKey = key };
        options.FormerKeys.AddRange(former);
        return new AuditSignatures(Options.Create(options));
    }

    private static AuditRecord Record(int number, string tenant = "acme") => new(
        tenant, Noon.AddSeconds(number), "user:alice", AuditActions.DocumentUploaded, "d1", number, new Dictionary<string, string>(StringComparer.Ordinal), TraceId: null);

    private Task<AuditVerification> VerifyAsync(string? kept = null, AuditSignatures? key = null) => new AuditVerifier(_blobs, key ?? Key, new AuditRemovals(_blobs, key ?? Key)).VerifyAsync("acme", kept, Cancellation);

    /// <summary>Appends records one by one, as a process of its own, and a checkpoint at its end.</summary>
    private async Task WriteAsync(int count, string tenant = "acme", AuditSignatures? key = null)
    {
        var writer = new Writer(_blobs, key);
        for (var i = 0; i < count; i++)
            await writer.Journal.AppendAsync(Record(_next++, tenant), Cancellation);
        await writer.Chain.WriteCheckpointsAsync(Cancellation);
    }

    private sealed class Writer
    {
        public Writer(FileBlobStore blobs, AuditSignatures? key = null)
        {
            Chain = new AuditChain(blobs, key ?? Key, new AuditRemovals(blobs, key ?? Key), TimeProvider.System, NullLogger<AuditChain>.Instance);
            Journal = new AuditJournal(blobs, Chain, new global::RagApp.Storage.Journals.Telemetry(Meters.Factory()), TimeProvider.System);
        }

        public AuditChain Chain { get; }

        public AuditJournal Journal { get; }
    }
}
