using System.Runtime.InteropServices;

namespace RagApp.Ingestion.Parsing.Child;

/// <summary>
/// Limits that this process puts on itself. What is hard it cannot take back; up to there, memory and processor time
/// move with the document. Linux only; elsewhere the service's watchdog is the only bound.
/// </summary>
internal static partial class ProcessLimits
{
    // Resource numbers of Linux on every architecture that .NET runs on.
    private const int Cpu = 0;
    private const int FileSize = 1;
    private const int Data = 2;
    private const int Core = 4;
    private const int OpenFiles = 7;

    /// <summary>Enough for the runtime's own files, the document, and the pipes of a page tool.</summary>
    private const ulong MostOpenFiles = 128;

    private const string HeapLimit = "GCHeapHardLimit";

    private static ulong s_cpuBefore;
    private static ulong s_largestCpu;
    private static ulong s_largestData;
    private static int s_heapMiB;

    /// <summary>What holds for the life of this process, before it opens a file.</summary>
    /// <exception cref="InvalidOperationException">A limit could not be set: then nothing is parsed.</exception>
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
        // The softer signal comes first and says what it was.
        Set(Cpu, s_largestCpu, s_largestCpu + 1);
        Set(Data, s_largestData, s_largestData);
    }

    /// <summary>Counts processor time for a document from here.</summary>
    public static void BeginDocument(ParserLimits limits)
    {
        s_cpuBefore = (ulong)Math.Round(Environment.CpuUsage.TotalTime.TotalSeconds); // the limit knows whole seconds
        Narrow(limits);
    }

    /// <summary>The limits of the document that is being read.</summary>
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
