using System.Diagnostics;
using System.Text;

namespace RagApp.Parsing.Child;

/// <summary>
/// Ends this process when the service ends. The service holds the other end of standard input, and the operating system
/// closes it however the service ends. PR_SET_PDEATHSIG is not used: it fires when the thread that started the child
/// ends, and pool threads do end.
/// </summary>
internal static class ParentWatch
{
    private static volatile bool s_working;

    /// <summary>Starts the watch in a child that receives no requests and is always working.</summary>
    public static void Start()
    {
        s_working = true;
        Start(_ => { }, () => { });
    }

    /// <param name="received">Receives every line of standard input.</param>
    /// <param name="idleEnd">Called when the service has ended and no document is being read.</param>
    public static void Start(Action<string> received, Action idleEnd) =>
        new Thread(() => Watch(received, idleEnd)) { IsBackground = true, Name = "parent watch" }.Start();

    /// <summary>Marks the process as working until disposed: when standard input closes meanwhile, the process is killed.</summary>
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
        self.Kill(); // an orderly exit would wait for a parser that hangs
    }

    private sealed class Work : IDisposable
    {
        public Work() => s_working = true;

        public void Dispose() => s_working = false;
    }
}
