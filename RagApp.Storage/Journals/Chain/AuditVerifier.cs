using System.Globalization;
using System.Security.Cryptography;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;

namespace RagApp.Storage.Journals.Chain;

/// <summary>
/// Verifies the hash chain of a tenant's audit journal, which begins behind the links that a signed statement says were removed, in four steps: 1. the checkpoints are read, 2. each link has to be signed, to have
/// the next number and to follow the link before, and its segment has to be there unchanged, 3. the chain has to reach every checkpoint,
/// 4. each segment has to be in the chain, except those from before the chain began.
/// </summary>
public sealed class AuditVerifier
{
    private readonly IBlobStore _blobs;
    private readonly AuditSignatures _signatures;
    private readonly AuditRemovals _removals;

    internal AuditVerifier(IBlobStore blobs, AuditSignatures signatures, AuditRemovals removals) => (_blobs, _signatures, _removals) = (blobs, signatures, removals);

    /// <summary>False in a process without the key that signs the chain, which cannot verify anything.</summary>
    public bool HasKey => _signatures.HasKey;

    /// <param name="kept">A checkpoint that somebody kept outside of the store, as <c>NUMBER:HASH</c>; null when there is none.</param>
    public async Task<AuditVerification> VerifyAsync(string tenant, string? kept, CancellationToken cancellationToken)
    {
        var run = new Run(SegmentName.Folder(tenant, AuditJournal.Name));
        run.BeginBehind(await _removals.FindAsync(run.Folder, run.Problems, cancellationToken));
        var checkpoints = await ReadCheckpointsAsync(run, cancellationToken); // 1
        await foreach (var key in _blobs.ListAsync(ChainKeys.Links(run.Folder), after: null, cancellationToken))
            await VerifyLinkAsync(run, key, cancellationToken); // 2
        foreach (var checkpoint in checkpoints)
            VerifyCheckpoint(run, checkpoint.Number, checkpoint.Head, "a signed checkpoint"); // 3
        if (kept is not null)
            VerifyKept(run, kept);
        await FindOutsidersAsync(run, cancellationToken); // 4
        return new AuditVerification(run.Hashes.Count - (run.Removed is null ? 0 : 1), run.Records, run.Earlier, checkpoints is [.., var last] ? last : null, run.Removed, run.Problems);
    }

    private async Task<List<AuditCheckpoint>> ReadCheckpointsAsync(Run run, CancellationToken cancellationToken)
    {
        var checkpoints = new List<AuditCheckpoint>();
        await foreach (var key in _blobs.ListAsync(ChainKeys.Checkpoints(run.Folder), after: null, cancellationToken))
        {
            await using var blob = await _blobs.ReadAsync(key, cancellationToken);
            if (await TryReadAsync(key, blob, JournalsJson.Plain.AuditCheckpoint, cancellationToken) is not { } checkpoint)
                run.Problems.Add($"Checkpoint '{key}' is damaged.");
            else if (!_signatures.IsValid(checkpoint.SignedText(run.Folder), checkpoint.Signature))
                run.Problems.Add($"Checkpoint '{key}' is not signed by a known key: it was changed or forged.");
            else
                checkpoints.Add(checkpoint);
        }
        return checkpoints;
    }

    private async Task VerifyLinkAsync(Run run, string key, CancellationToken cancellationToken)
    {
        if (ChainKeys.NumberIn(key) is not { } number)
        {
            run.Problems.Add($"'{key}' is no link of the chain.");
            return;
        }
        await using var blob = await _blobs.ReadAsync(key, cancellationToken);
        var link = await TryReadAsync(key, blob, JournalsJson.Plain.AuditLink, cancellationToken);
        if (number <= run.Removed?.Through)
        {
            if (link is not null && _signatures.IsValid(link.SignedText(run.Folder), link.Signature))
                run.Segments.Add(link.Segment); // a removal that a crash has interrupted
            return;
        }
        if (number != run.Last + 1)
            run.Problems.Add($"Links {run.Last + 1} to {number - 1} are missing: they were removed.");
        if (link is null)
            run.Problems.Add($"Link {number} is damaged.");
        else
            await VerifyLinkAsync(run, number, link, cancellationToken);
        run.Follow(number, link?.HashIn(run.Folder));
    }

    private async Task VerifyLinkAsync(Run run, long number, AuditLink link, CancellationToken cancellationToken)
    {
        if (!_signatures.IsValid(link.SignedText(run.Folder), link.Signature))
            run.Problems.Add($"Link {number} is not signed by a known key: it was changed or forged.");
        if (link.Number != number)
            run.Problems.Add($"Link {number} holds link {link.Number}: the order was changed.");
        else if (run.Previous is { } previous && link.Previous != previous)
            run.Problems.Add($"Link {number} does not follow link {number - 1}: one of them was replaced, or what was between them removed.");
        run.Began ??= link.At;
        run.Records += link.Records;
        run.Segments.Add(link.Segment);
        if (await HashAsync($"{run.Folder}/{link.Segment}", cancellationToken) is not { } hash)
            run.Problems.Add($"Segment '{link.Segment}' of link {number} with {link.Records} records was removed.");
        else if (hash != link.Sha256)
            run.Problems.Add($"Segment '{link.Segment}' of link {number} was changed.");
    }

    private async Task FindOutsidersAsync(Run run, CancellationToken cancellationToken)
    {
        await foreach (var key in _blobs.ListAsync(run.Folder, after: null, cancellationToken))
        {
            var segment = key[(run.Folder.Length + 1)..];
            if (run.Segments.Contains(segment))
                continue;
            var writtenAt = await _blobs.FindWrittenAtAsync(key, cancellationToken);
            if (run.Began is not { } began)
                run.Problems.Add($"Segment '{segment}' is in no chain: there is none.");
            else if (SegmentName.TryParseStart(run.Folder, key, out var start) && start < began && writtenAt < began)
                run.Earlier++;
            else
                run.Problems.Add($"Segment '{segment}' is in no link: it was put there, or its process ended before its records were acknowledged.");
        }
    }

    private static void VerifyCheckpoint(Run run, long number, string head, string what)
    {
        if (number < run.Removed?.Through)
            return; // nothing is left that it could be compared with
        if (number > run.Last)
            run.Problems.Add($"The chain ends at link {run.Last}, but {what} names link {number}: the end was cut off.");
        else if (!run.Hashes.TryGetValue(number, out var hash) || hash != head)
            run.Problems.Add($"Link {number} is not the one that {what} names: the chain was rewritten.");
    }

    private static void VerifyKept(Run run, string kept)
    {
        if (kept.Split(':') is [var digits, var head] && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            VerifyCheckpoint(run, number, head, "the checkpoint that was kept");
        else
            run.Problems.Add("The checkpoint that was kept is no 'NUMBER:HASH', as the log of a service shows it.");
    }

    private static async Task<T?> TryReadAsync<T>(
        string key, Stream? blob, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return blob is null ? null : await SealedJson.ReadAsync(key, blob, type, cancellationToken);
        }
        catch (CorruptBlobException)
        {
            return null;
        }
    }

    private async Task<string?> HashAsync(string key, CancellationToken cancellationToken)
    {
        await using var blob = await _blobs.ReadAsync(key, cancellationToken);
        return blob is null ? null : Convert.ToHexStringLower(await SHA256.HashDataAsync(blob, cancellationToken));
    }

    /// <summary>The state of one verification.</summary>
    private sealed class Run(string folder)
    {
        public string Folder { get; } = folder;

        public List<string> Problems { get; } = [];

        public Dictionary<long, string> Hashes { get; } = [];

        public HashSet<string> Segments { get; } = new(StringComparer.Ordinal);

        public long Last { get; private set; }

        /// <summary>Hash of the last link; null behind a damaged one or a gap, which is a problem of its own.</summary>
        public string? Previous { get; private set; } = AuditLink.Origin;

        public DateTimeOffset? Began { get; set; }

        public long Records { get; set; }

        public int Earlier { get; set; }

        /// <summary>Statement of the records that were removed at the end of their retention; null when none were.</summary>
        public AuditRemoval? Removed { get; private set; }

        public void BeginBehind(AuditRemoval? removed)
        {
            Removed = removed;
            if (removed is not null)
                Follow(removed.Through, removed.Head);
        }

        public void Follow(long number, string? hash)
        {
            (Last, Previous) = (number, hash);
            Hashes[number] = hash ?? "";
        }
    }
}

/// <summary>The result of a verification.</summary>
/// <param name="Links">Number of links.</param>
/// <param name="Records">Number of records in the chain.</param>
/// <param name="Earlier">Number of segments from before the chain began, which nothing protects.</param>
/// <param name="Checkpoint">The newest valid checkpoint; null when there is none.</param>
/// <param name="Removed">The signed statement about what was removed at the end of its retention; null when nothing was.</param>
/// <param name="Problems">One sentence for each sign of tampering.</param>
public sealed record AuditVerification(
    long Links, long Records, int Earlier, AuditCheckpoint? Checkpoint, AuditRemoval? Removed, IReadOnlyList<string> Problems);
