using System.Diagnostics;

namespace RagApp.Ingestion.Parsing.Child;

/// <summary>
/// Ends this process when the service does. The service holds the other end of standard input, which the
/// operating system closes however the service dies; PR_SET_PDEATHSIG would fire when the thread that started
/// the child ends, and threads of a pool do.
/// </summary>
internal static class ParentWatch
{
    public static void Start() => new Thread(WaitForEnd) { IsBackground = true, Name = "parent watch" }.Start();

    private static void WaitForEnd()
    {
        using var input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
            // nothing is ever sent
        }
        using var self = Process.GetCurrentProcess();
        self.Kill(); // at once: an orderly end would wait for a parser that hangs
    }
}
