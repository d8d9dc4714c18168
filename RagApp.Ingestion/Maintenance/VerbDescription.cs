using System.Text;

namespace RagApp.Ingestion.Maintenance;

/// <summary>What a verb is called and takes; <c>--help</c> is made of it.</summary>
/// <param name="Name">What is typed, such as <c>sweep</c>.</param>
/// <param name="Summary">One line for the list of verbs.</param>
/// <param name="Details">What it does and leaves alone, for its own help.</param>
internal sealed record VerbDescription(string Name, string Summary, string Details)
{
    public IReadOnlyList<VerbOption> Options { get; init; } = [];

    /// <summary>What it takes beside options, as help shows it, such as <c>ID...</c>; null when it takes nothing.</summary>
    public string? Operands { get; init; }

    /// <summary>Whether no other verb that runs alone may run at the same time.</summary>
    public bool RunsAlone { get; init; }

    public string Help
    {
        get
        {
            var help = new StringBuilder("usage: maintenance ").Append(Name);
            if (Operands is not null)
                help.Append(' ').Append(Operands);
            foreach (var option in Options)
                help.Append(" [").Append(option.Usage).Append(']');
            help.AppendLine(" [--data PATH]").AppendLine().AppendLine(Details).AppendLine();
            foreach (var option in Options)
                help.AppendLine($"  {option.Usage,-20} {option.Meaning}");
            return help.AppendLine($"  {"--data PATH",-20} the data folder (default: Storage:DataPath, or .ragapp beside the solution)").ToString();
        }
    }
}

/// <param name="Name">With its dashes, such as <c>--tenant</c>.</param>
/// <param name="Value">What stands behind it, as help shows it; null for a switch.</param>
internal sealed record VerbOption(string Name, string? Value, string Meaning)
{
    public string Usage => Value is null ? Name : $"{Name} {Value}";
}
