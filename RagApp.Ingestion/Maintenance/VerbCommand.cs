using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace RagApp.Ingestion.Maintenance;

/// <summary>The command of a verb, whose options, operands and help come from its description.</summary>
internal sealed class VerbCommand : Command
{
    private readonly VerbDescription _verb;
    private readonly Argument<string[]>? _operands;

    public VerbCommand(VerbDescription verb)
        : base(verb.Name, verb.Summary)
    {
        _verb = verb;
        foreach (var option in verb.Options)
            Add(ToOption(option));
        if (verb.Operands is null)
            return;
        _operands = new Argument<string[]>("operands") { HelpName = verb.Operands, Arity = ArgumentArity.ZeroOrMore };
        Add(_operands);
    }

    public VerbArguments Read(ParseResult parsed)
    {
        var given = Options.Where(option => parsed.GetResult(option) is { Implicit: false })
            .ToDictionary(option => option.Name, option => parsed.GetResult(option)!.Tokens is [.., var value] ? value.Value : "", StringComparer.Ordinal);
        return new VerbArguments(given, _operands is null ? [] : parsed.GetValue(_operands) ?? []);
    }

    private static Option ToOption(VerbOption option) => option.Value is null
        ? new Option<bool>(option.Name) { Description = option.Meaning, Arity = ArgumentArity.Zero }
        : new Option<string>(option.Name) { Description = option.Meaning, HelpName = option.Value };

    /// <summary>Help that shows the full details of this verb; the list of verbs shows one line of each.</summary>
    public sealed class Help(HelpAction usual) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            if (parseResult.CommandResult.Command is VerbCommand verb)
                verb.Description = verb._verb.Details;
            return usual.Invoke(parseResult);
        }
    }
}
