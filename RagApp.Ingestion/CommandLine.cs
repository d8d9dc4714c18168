using System.CommandLine;
using System.CommandLine.Parsing;

namespace RagApp.Ingestion;

/// <summary>Parses the arguments after a verb of the program, and runs the verb.</summary>
internal static class CommandLine
{
    public const int UsageError = 64;

    /// <summary>Arguments that begin with '@' are not read as files of arguments, because a reason given by a person may begin with it.</summary>
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null };

    /// <summary>Returns the verb's exit code, or 64 when the arguments are wrong.</summary>
    public static async Task<int> RunAsync(Command verb, IReadOnlyList<string> args)
    {
        var parsed = verb.Parse(args, Parser);
        var errors = parsed.Errors.Select(error => error.Message).Concat(UnknownOptions(parsed)).Concat(SwitchesWithValue(parsed, args)).ToList();
        if (errors.Count == 0)
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = Timeout.InfiniteTimeSpan });

        foreach (var error in errors)
            await Console.Error.WriteLineAsync(error);
        await Console.Error.WriteLineAsync($"'{verb.Name} --help' shows how it is used.");
        return UsageError;
    }

    /// <summary>Unknown options, which the library takes for arguments where a verb accepts arguments.</summary>
    private static IEnumerable<string> UnknownOptions(ParseResult parsed) =>
        from argument in parsed.CommandResult.Children.OfType<ArgumentResult>()
        from token in argument.Tokens
        where token.Value.StartsWith("--", StringComparison.Ordinal)
        select $"'{parsed.CommandResult.Command.Name}' has no option '{token.Value}'.";

    /// <summary>Switches with a value, such as <c>--all=yes</c>: the library takes the value for an argument.</summary>
    private static IEnumerable<string> SwitchesWithValue(ParseResult parsed, IEnumerable<string> args) =>
        from argument in args
        let name = argument.Split('=')[0]
        where name.Length < argument.Length
        where parsed.CommandResult.Command.Options.Any(option => option.Arity.MaximumNumberOfValues == 0 && option.Name == name)
        select $"'{name}' takes no value.";
}
