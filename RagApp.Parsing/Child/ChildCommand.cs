using RagApp.Parsing.Members;
using RagApp.Parsing.Sandbox;

namespace RagApp.Parsing.Child;

/// <summary>The verbs that read documents. Both set the limits of this process before they open a file.</summary>
internal static class ChildCommand
{
    public const string ReadVerb = "read";
    public const string MembersVerb = "members";

    /// <summary>Reads the documents requested on standard input.</summary>
    public static int Read(ChildSettings settings)
    {
        Bound(settings.Bounds);
        using var loop = new ChildLoop(settings);
        return loop.Run();
    }

    /// <summary>Writes the files inside one file to standard output.</summary>
    /// <returns>The number of the <see cref="ParseOutcome"/> as exit code.</returns>
    public static int TakeMembers(string path, ChildSettings settings)
    {
        Bound(settings.Bounds);
        ParentWatch.Start();
        ProcessLimits.BeginDocument(settings.Bounds.Usual);
        using var output = new BufferedStream(Console.OpenStandardOutput(), 128 * 1024);
        var frames = new MemberFrameWriter(output);
        var result = ChildReader.Read(path, file => FileReader.Shipped.Read(file, Path.GetFileName(path), frames));
        frames.End(result with { Blocks = [] });
        return (int)result.Outcome;
    }

    private static void Bound(ParserBounds bounds)
    {
        ProcessLimits.Apply(bounds);
        if (OperatingSystem.IsLinux())
            LinuxCalls.TryHide();
    }
}
