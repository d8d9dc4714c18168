using System.Security.Cryptography;
using System.Text;
using RagApp.Contracts.Reading;
using RagApp.Embedding.Cache;
using RagApp.Embedding.Scheduling;

namespace RagApp.Embedding.Reading;

/// <summary>
/// Cached readings. The key is <c>reading:READER:TENANT:SHA-256 of question and passage</c>; the tenant is part of it for the reason that
/// <see cref="VectorCache"/> gives. A reading is cached before calibration, so that a new calibration applies to it.
/// </summary>
internal sealed class ReadingCache(NumbersCache numbers)
{
    /// <summary>The cached readings in the order of the passages; null for each passage without one.</summary>
    public async Task<WindowReading?[]> FindAsync(string reader, string tenant, ReadRequest request, CancellationToken cancellationToken)
    {
        string[] keys = [.. request.Passages.Select(passage => KeyOf(reader, tenant, request.Question, passage))];
        var found = await numbers.FindAsync(ModelWork.Read, keys, WindowReading.NumberCount, cancellationToken);
        return [.. found.Select(kept => kept is null ? null : WindowReading.FromNumbers(kept))];
    }

    /// <param name="readings">Position of each passage that was read, with its reading.</param>
    public Task KeepAsync(
        string reader, string tenant, ReadRequest request, IEnumerable<(int Index, WindowReading Reading)> readings, CancellationToken cancellationToken) =>
        numbers.KeepAsync(
            readings.Select(read => (KeyOf(reader, tenant, request.Question, request.Passages[read.Index]), (ReadOnlyMemory<float>)read.Reading.ToNumbers())),
            cancellationToken);

    private static string KeyOf(string reader, string tenant, string question, PassageToRead passage)
    {
        // The lengths tell where each part ends, so that no two readings have one key.
        var text = $"{question.Length}:{passage.Context.Length}:{question}{passage.Context}{passage.Text}";
        return $"reading:{reader}:{tenant}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
    }
}
