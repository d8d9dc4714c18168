using RagApp.Parsing.Child;
using RagApp.Parsing.Sandbox;

namespace RagApp.Parsing;

/// <summary>
/// The parser child, started by RagApp.Ingestion. Its verbs: <c>sandbox</c> gives up rights and executes another
/// program, <c>read</c> reads documents one after the other, <c>members</c> extracts the files inside one file.
/// </summary>
public static class Program
{
    private const int UsageError = 64;

    /// <remarks>The verb <c>sandbox</c> runs before each of the others, so it loads only the code that it needs.</remarks>
    public static int Main(string[] args) => args switch
    {
        [SandboxEntry.Verb, .. var rest] => SandboxEntry.Run(rest),
        [ChildCommand.ReadVerb, .. var rest] => ChildCommand.Read(ChildSettings.Parse(rest)),
        [ChildCommand.MembersVerb, var file, .. var rest] => ChildCommand.TakeMembers(file, ChildSettings.Parse(rest)),
        _ => RefuseUsage(),
    };

    private static int RefuseUsage()
    {
        Console.Error.WriteLine("The service starts this program. To read a file: dotnet run --project RagApp.Ingestion -- parse FILE");
        return UsageError;
    }
}
