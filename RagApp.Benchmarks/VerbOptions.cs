namespace RagApp.Benchmarks;

/// <summary>The options of a verb: <c>--name value</c>, each at most once.</summary>
internal sealed class VerbOptions
{
    private readonly Dictionary<string, string> _values;

    private VerbOptions(Dictionary<string, string> values) => _values = values;

    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <exception cref="UsageException">An option is unknown, given twice or without a value.</exception>
    public static VerbOptions Read(IReadOnlyList<string> args, params ReadOnlySpan<string> known)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Count; i += 2)
        {
            if (!known.Contains(args[i]))
                throw new UsageException($"'{args[i]}' is no option here.");
            if (i + 1 == args.Count)
                throw new UsageException($"'{args[i]}' wants a value.");
            if (!values.TryAdd(args[i], args[i + 1]))
                throw new UsageException($"'{args[i]}' is given twice.");
        }
        return new VerbOptions(values);
    }

    /// <exception cref="UsageException">It is not given, or no such folder is there.</exception>
    public string Folder(string name) => this[name] is not { } path
        ? throw new UsageException($"Which folder? Give '{name} DIR'.")
        : Directory.Exists(path) ? path : throw new UsageException($"There is no folder '{path}'.");
}

/// <summary>The command line is wrong; the message says how.</summary>
internal sealed class UsageException(string message) : Exception(message);
