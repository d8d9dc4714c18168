using System.Runtime.InteropServices;

namespace RagApp.Parsing.Sandbox;

/// <summary>
/// A seccomp filter that refuses system calls which no reader of documents needs: sockets, inspection of other
/// processes, namespaces, and the parts of the kernel most often attacked. A refused call fails with "not permitted",
/// and the program continues. https://docs.kernel.org/userspace-api/seccomp_filter.html
/// </summary>
internal static class SystemCallFilter
{
    // Instructions of the classic Berkeley packet filter: load a word, jump if equal, jump if at least, apply a mask, return.
    private const ushort Load = 0x20;
    private const ushort IfEqual = 0x15;
    private const ushort IfAtLeast = 0x35;
    private const ushort And = 0x54;
    private const ushort Return = 0x06;

    // Offsets in the data of a call: its number, the architecture, the low half of its first argument.
    private const uint Number = 0;
    private const uint Architecture = 4;
    private const uint FirstArgument = 16;

    private const uint Allow = 0x7FFF_0000;
    private const uint NotPermitted = 0x0005_0000 | 1; // EPERM
    private const uint NotThere = 0x0005_0000 | 38; // ENOSYS

    /// <summary>First number of the second set of calls on x86-64, for 32-bit pointers.</summary>
    private const uint OtherNumbers = 0x4000_0000;

    /// <summary>Flags of <c>clone</c> that create a namespace.</summary>
    private const uint NewNamespaces = 0x7E02_0000;

    private const uint UnixDomain = 1;

    /// <summary>Installs the filter for the calling thread and the programs it executes.</summary>
    /// <returns>False on other architectures than x86-64 and arm64, and where the kernel has no filters.</returns>
    public static unsafe bool TryInstall(bool localSockets)
    {
        if (SystemCallNumbers.OfThisMachine is not { } numbers)
            return false;
        var filter = Build(numbers, localSockets);
        fixed (FilterInstruction* first = filter)
            return LinuxCalls.TryInstallFilter(new FilterProgram((ushort)filter.Length, (nint)first));
    }

    private static FilterInstruction[] Build(SystemCallNumbers numbers, bool localSockets)
    {
        var filter = new FilterInstruction[6 + 2 * numbers.Refused.Length + (localSockets ? 0 : 2 * numbers.Serving.Length) + 14];
        var at = 0;
        void Add(ushort code, uint operand, byte ifTrue = 0, byte ifFalse = 0) => filter[at++] = new FilterInstruction(code, ifTrue, ifFalse, operand);
        void Refuse(uint number, uint answer = NotPermitted)
        {
            Add(IfEqual, number, ifFalse: 1);
            Add(Return, answer);
        }

        Add(Load, Architecture);
        Add(IfEqual, numbers.Architecture, ifTrue: 1);
        Add(Return, NotPermitted);
        Add(Load, Number);
        Add(IfAtLeast, OtherNumbers, ifFalse: 1);
        Add(Return, NotPermitted);
        foreach (var number in numbers.Refused)
            Refuse(number);
        foreach (var number in localSockets ? [] : numbers.Serving)
            Refuse(number);
        // clone3 has its flags in memory, which a filter cannot read; the C library then uses clone.
        Refuse(numbers.StartProcessByStructure, NotThere);

        Add(IfEqual, numbers.StartProcess, ifFalse: 5);
        Add(Load, FirstArgument);
        Add(And, NewNamespaces);
        Add(IfEqual, 0, ifTrue: 1);
        Add(Return, NotPermitted);
        Add(Return, Allow);

        Add(IfEqual, numbers.Socket, ifFalse: 4);
        Add(Load, FirstArgument);
        Add(IfEqual, localSockets ? UnixDomain : uint.MaxValue, ifFalse: 1);
        Add(Return, Allow);
        Add(Return, NotPermitted);
        Add(Return, Allow);
        return filter;
    }
}

/// <param name="IfTrue">Instructions to skip when a comparison holds.</param>
/// <param name="IfFalse">Instructions to skip when it does not.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FilterInstruction(ushort Code, byte IfTrue, byte IfFalse, uint Operand);

/// <param name="Length">Number of instructions.</param>
/// <param name="First">Address of the first instruction.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FilterProgram(ushort Length, nint First);
