using Microsoft.Extensions.Options;
using RagApp.Parsing;

namespace RagApp.Ingestion.Parsing;

/// <summary>Checks the limits of single formats: the format must exist, and the ranges are those of the general limits.</summary>
internal sealed class FormatLimitsValidator : IValidateOptions<ParserOptions>
{
    public ValidateOptionsResult Validate(string? name, ParserOptions options)
    {
        var errors = options.Formats.SelectMany(pair => Errors($"Parser:Formats:{pair.Key}", pair.Key, pair.Value)).ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Errors(string key, string format, FormatLimits limits)
    {
        if (!FormatRegistry.Shipped.Names.Contains(format, StringComparer.OrdinalIgnoreCase))
            yield return $"{key} is no format; there are {string.Join(", ", FormatRegistry.Shipped.Names)}.";
        if (limits.MemoryMiB is < 128 or > 65_536)
            yield return $"{key}:MemoryMiB lies between 128 and 65536.";
        if (limits.CpuSeconds is < 1 or > 3_600)
            yield return $"{key}:CpuSeconds lies between 1 and 3600.";
        if (limits.WallTime is { TotalSeconds: < 1 or > 7_200 })
            yield return $"{key}:WallTime lies between 00:00:01 and 02:00:00.";
    }
}
