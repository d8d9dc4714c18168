using System.Diagnostics;
using System.Text;

namespace RagApp.Ingestion.Parsing.Child;

/// <summary>
/// Ends this process when the service does. The service holds the other end of standard input, which the
/// operating system closes however the service dies; PR_SET_PDEATHSIG would fire when the thread that started
/// the child ends, and threads of a pool do.
/// </summary>
internal static class ParentWatch
{
    private static volatile bool s_working;

    /// <summary>For a child that is sent nothing and is always at work.</summary>
    public static void Start()
    {
        s_working = true;
        Start(_ => { }, () => { });
    }

    /// <param name="received">Given every line that comes.</param>
    /// <param name="idleEnd">Called when the service has gone and nothing is in work.</param>
    public static void Start(Action<string> received, Action idleEnd) =>
        new Thread(() => Watch(received, idleEnd)) { IsBackground = true, Name = "parent watch" }.Start();

    /// <summary>Until disposed of, the end of standard input is the end of this process.</summary>
    public static IDisposable Working() => new Work();

    private static void Watch(Action<string> received, Action idleEnd)
    {
        using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
        while (input.ReadLine() is { } line)
            received(line);
        idleEnd();
        if (!s_working)
            return;
        using var self = Process.GetCurrentProcess();
        self.Kill(); // at once: an orderly end would wait for a parser that hangs
    }

    private sealed class Work : IDisposable
    {
        public Work() => s_working = true;

        public void Dispose() => s_working = false;
    }
}
