using System.Runtime.InteropServices;

namespace RagApp.Parsing.Child;

/// <summary>
/// Resource limits that this process sets on itself. The hard limits cannot be raised again; below them, the soft
/// limits on memory and processor time change with each document. Linux only; elsewhere the service's watchdog is the
/// only limit.
/// </summary>
internal static partial class ProcessLimits
{
    // Resource numbers of Linux on every architecture that .NET runs on.
    private const int Cpu = 0;
    private const int FileSize = 1;
    private const int Data = 2;
    private const int Core = 4;
    private const int OpenFiles = 7;

    /// <summary>Largest number of open files: enough for the runtime's files, the document, and the pipes of a page tool.</summary>
    private const ulong MostOpenFiles = 128;

    private const string HeapLimit = "GCHeapHardLimit";

    private static ulong s_cpuBefore;
    private static ulong s_largestCpu;
    private static ulong s_largestData;
    private static int s_heapMiB;

    /// <summary>Sets the limits for the life of this process; called before it opens a document.</summary>
    /// <exception cref="InvalidOperationException">A limit could not be set; no document may be read then.</exception>
    public static void Apply(ParserBounds bounds)
    {
        if (!OperatingSystem.IsLinux())
            return;
        s_largestCpu = (ulong)bounds.Largest.CpuSeconds * 2;
        s_largestData = (ulong)bounds.Largest.MemoryBytes;
        s_heapMiB = bounds.Largest.MemoryMiB;
        Set(Core, 0, 0);
        Set(FileSize, 0, 0);
        Set(OpenFiles, MostOpenFiles, MostOpenFiles);
        // The soft limit acts first, with a signal (SIGXCPU) that names the cause.
        Set(Cpu, s_largestCpu, s_largestCpu + 1);
        Set(Data, s_largestData, s_largestData);
    }

    /// <summary>Begins a document: its processor time is counted from here.</summary>
    public static void BeginDocument(ParserLimits limits)
    {
        s_cpuBefore = (ulong)Math.Round(Environment.CpuUsage.TotalTime.TotalSeconds); // the limit is in whole seconds
        Narrow(limits);
    }

    /// <summary>Sets the limits of the document being read.</summary>
    public static void Narrow(ParserLimits limits)
    {
        if (!OperatingSystem.IsLinux())
            return;
        Set(Cpu, Math.Min(s_cpuBefore + (ulong)limits.CpuSeconds, s_largestCpu), s_largestCpu + 1);
        Set(Data, (ulong)limits.MemoryBytes, s_largestData);
        if (limits.MemoryMiB == s_heapMiB)
            return;
        s_heapMiB = limits.MemoryMiB;
        AppContext.SetData(HeapLimit, (ulong)limits.MemoryBytes / 4 * 3);
        GC.RefreshMemoryLimit();
    }

    private static void Set(int resource, ulong soft, ulong hard)
    {
        var limit = new Limit { Soft = (nuint)soft, Hard = (nuint)hard };
        if (SetLimit(resource, in limit) != 0)
            throw new InvalidOperationException($"setrlimit({resource}) failed with error {Marshal.GetLastPInvokeError()}.");
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public nuint Soft;
        public nuint Hard;
    }
}
