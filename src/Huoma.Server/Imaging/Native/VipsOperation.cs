namespace Huoma.Server.Imaging.Native;

/// <summary>One libvips operation, called by name: set its inputs, run it, take its output.</summary>
internal sealed unsafe class VipsOperation : IDisposable
{
    private readonly string name;
    private nint operation;

    public VipsOperation(string name)
    {
        this.name = name;
        operation = NativeCalls.NewOperation(name);
        if (operation == 0)
        {
            throw VipsException.Of(name);
        }
    }

    /// <summary>Numbers, enums and switches in one text such as <c>Q=85,strip=true</c>; never from a user.</summary>
    public VipsOperation With(string options)
    {
        return NativeCalls.SetFromString(operation, options) == 0 ? this : throw VipsException.Of(name);
    }

    public VipsOperation With(VipsImage image) => With("in", "VipsImage", value => NativeCalls.SetObject((GValue*)value, image.DangerousGetHandle()));

    /// <summary>A property that is a text; whatever is in it is taken as it is.</summary>
    public VipsOperation With(string property, string text) =>
        With(property, "gchararray", value => NativeCalls.SetString((GValue*)value, text));

    /// <summary>A file to load. Loading is lazy: the bytes must stay where they are until the pixels have been taken.</summary>
    public VipsOperation With(byte* file, int length)
    {
        var blob = NativeCalls.NewBlob(0, file, (nuint)length);
        try
        {
            return With("buffer", "VipsBlob", value => NativeCalls.SetBoxed((GValue*)value, blob));
        }
        finally
        {
            NativeCalls.UnrefArea(blob);
        }
    }

    public VipsImage RunToImage()
    {
        Run();
        var image = Get("out", "VipsImage", value => NativeCalls.DuplicateObject((GValue*)value));
        return new VipsImage(image);
    }

    public byte[] RunToFile()
    {
        Run();
        byte[] file = [];
        Get("buffer", "VipsBlob", value =>
        {
            nuint length;
            var bytes = NativeCalls.GetBlob(NativeCalls.GetBoxed((GValue*)value), &length);
            file = new ReadOnlySpan<byte>(bytes, (int)length).ToArray();
            return 0;
        });
        return file;
    }

    public void Dispose()
    {
        if (operation != 0)
        {
            NativeCalls.UnrefOutputs(operation);
            NativeCalls.Unref(operation);
            operation = 0;
        }
    }

    private void Run()
    {
        var built = operation;
        if (NativeCalls.BuildOperation(&built) != 0)
        {
            throw VipsException.Of(name);
        }

        operation = built;
    }

    private VipsOperation With(string property, string type, Action<nint> set)
    {
        var value = default(GValue);
        NativeCalls.InitValue(&value, NativeCalls.TypeFromName(type));
        set((nint)(&value));
        NativeCalls.SetProperty(operation, property, &value);
        NativeCalls.UnsetValue(&value);
        return this;
    }

    private nint Get(string property, string type, Func<nint, nint> get)
    {
        var value = default(GValue);
        NativeCalls.InitValue(&value, NativeCalls.TypeFromName(type));
        NativeCalls.GetProperty(operation, property, &value);
        var result = get((nint)(&value));
        NativeCalls.UnsetValue(&value);
        return result;
    }
}
