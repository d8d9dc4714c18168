using System.Security.Cryptography;
using RagApp.Storage.Backups;
using RagApp.Storage.Sealing;

namespace RagApp.Tests.Storage;

/// <summary>Encrypted files of backups: what comes out is what went in, and anything else is refused.</summary>
public sealed class SealedFileTests
{
    private const string Name = "backups/ragapp/one/000001";

    private static readonly SealingKey Key = NewKey();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(200_000)]
    public async Task Unseal_WhatWasSealed_IsTheContentWithItsLengthAndChecksum(int length)
    {
        var content = RandomNumberGenerator.GetBytes(length);
        await using var sealing = new SealingStream(new MemoryStream(content), Key, Name);
        var file = await ReadAsync(sealing);

        (await UnsealAsync(file, Name, Key)).ShouldBe(content);
        sealing.ContentBytes.ShouldBe(length);
        sealing.Sha256().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(content)));
        if (length > 16)
            file.AsSpan().IndexOf(content.AsSpan(0, 16)).ShouldBe(-1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    public async Task Seek_AnyPlace_GoesOnThereAndKnowsTheLength(int length)
    {
        var content = RandomNumberGenerator.GetBytes(length);
        await using var unsealing = await UnsealingStream.OpenAsync(new MemoryStream(await SealAsync(content)), BackupFormat.Instance, [Key], Name, Cancellation);

        unsealing.Length.ShouldBe(length);
        foreach (var at in new[] { length, length - 1, 140_000, 65_537, 65_536, 65_535, 1, 0 }.Where(at => at >= 0 && at <= length))
        {
            unsealing.Seek(at, SeekOrigin.Begin).ShouldBe(at);
            (await ReadAsync(unsealing)).ShouldBe(content[at..]);
            unsealing.Position.ShouldBe(length);
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(65_536)]
    [InlineData(140_000)]
    public async Task Unseal_CutOffAnywhere_IsRefused(int length)
    {
        var file = await SealAsync(RandomNumberGenerator.GetBytes(length));
        const int Segment = 65_536 + 16;
        int[] ends = [0, 10, 47, 48, 60, 48 + Segment, 48 + (2 * Segment), file.Length - 17, file.Length - 1];

        foreach (var end in ends.Where(end => end >= 0 && end < file.Length))
            await Should.ThrowAsync<InvalidDataException>(() => UnsealAsync(file[..end], Name, Key), $"{end} of {file.Length}");
    }

    [Fact]
    public async Task Unseal_OneBitChangedAnywhereOrBytesAdded_IsRefused()
    {
        var file = await SealAsync(RandomNumberGenerator.GetBytes(70_000));

        foreach (var at in Enumerable.Range(0, 60).Concat([30_000, 65_599, 65_600, 65_616, file.Length - 1]))
        {
            file[at] ^= 4;
            await Should.ThrowAsync<InvalidDataException>(() => UnsealAsync(file, Name, Key), $"byte {at}");
            file[at] ^= 4;
        }
        await Should.ThrowAsync<InvalidDataException>(() => UnsealAsync([.. file, 0], Name, Key));
        (await UnsealAsync(file, Name, Key)).Length.ShouldBe(70_000);
    }

    [Fact]
    public async Task Unseal_SegmentsExchanged_IsRefused()
    {
        var file = await SealAsync(new byte[3 * 65_536]);
        const int Segment = 65_536 + 16;

        byte[] exchanged = [.. file[..48], .. file[(48 + Segment)..(48 + (2 * Segment))], .. file[48..(48 + Segment)], .. file[(48 + (2 * Segment))..]];

        await Should.ThrowAsync<InvalidDataException>(() => UnsealAsync(exchanged, Name, Key));
    }

    [Fact]
    public async Task Unseal_OtherName_IsRefused()
    {
        var file = await SealAsync([1, 2, 3]);

        (await Should.ThrowAsync<InvalidDataException>(() => UnsealAsync(file, "backups/ragapp/two/000001", Key))).Message.ShouldContain("is damaged, was changed, or is cut off");
    }

    [Fact]
    public async Task Unseal_OtherKey_SaysSo_AndAnOldKeyIsFound()
    {
        var file = await SealAsync([1, 2, 3]);

        (await Should.ThrowAsync<InvalidDataException>(() => UnsealAsync(file, Name, NewKey()))).Message.ShouldBe(
            "The backup was encrypted with another key: configure that one as Backup:Key, or among Backup:OldKeys.");
        (await UnsealAsync(file, Name, NewKey(), Key)).ShouldBe([1, 2, 3]);
    }

    private static SealingKey NewKey() => new(RandomNumberGenerator.GetBytes(SealingKey.Length), BackupFormat.Instance);

    private static async Task<byte[]> SealAsync(byte[] content)
    {
        await using var sealing = new SealingStream(new MemoryStream(content), Key, Name);
        return await ReadAsync(sealing);
    }

    private static async Task<byte[]> UnsealAsync(byte[] file, string name, params SealingKey[] keys)
    {
        await using var unsealing = await UnsealingStream.OpenAsync(new MemoryStream(file), BackupFormat.Instance, keys, name, Cancellation);
        return await ReadAsync(unsealing);
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, Cancellation);
        return all.ToArray();
    }
}
