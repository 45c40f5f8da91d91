using System.Runtime.InteropServices;

namespace Huoma.Server.Imaging.Native;

/// <summary>GObject's box for a value of any type.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GValue
{
    public nuint Type;
    public ulong First;
    public ulong Second;
}

/// <summary>
/// The functions of libvips and GObject we call. None takes a variable number of arguments or a callback, and none of them guesses
/// the format of a file: only named loaders see bytes, and only bytes that have passed the gate.
/// </summary>
internal static unsafe partial class NativeCalls
{
    public const string Vips = "libvips.so.42";
    public const string GObject = "libgobject-2.0.so.0";
    public const string GLib = "libglib-2.0.so.0";

    private const string LibC = "libc.so.6";

    [LibraryImport(LibC, EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport(LibC, EntryPoint = "mallopt")]
    public static partial int SetMallocOption(int option, int value);

    [LibraryImport(LibC, EntryPoint = "setpriority")]
    public static partial int SetPriority(int which, uint who, int nice);

    [LibraryImport(GObject, EntryPoint = "g_object_unref")]
    public static partial void Unref(nint instance);

    [LibraryImport(GObject, EntryPoint = "g_object_set_property", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetProperty(nint instance, string name, GValue* value);

    [LibraryImport(GObject, EntryPoint = "g_object_get_property", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void GetProperty(nint instance, string name, GValue* value);

    [LibraryImport(GObject, EntryPoint = "g_value_init")]
    public static partial GValue* InitValue(GValue* value, nuint type);

    [LibraryImport(GObject, EntryPoint = "g_value_unset")]
    public static partial void UnsetValue(GValue* value);

    [LibraryImport(GObject, EntryPoint = "g_value_set_object")]
    public static partial void SetObject(GValue* value, nint instance);

    /// <summary>The object of a value, with a reference of our own.</summary>
    [LibraryImport(GObject, EntryPoint = "g_value_dup_object")]
    public static partial nint DuplicateObject(GValue* value);

    [LibraryImport(GObject, EntryPoint = "g_value_set_string", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetString(GValue* value, string text);

    [LibraryImport(GObject, EntryPoint = "g_value_set_boxed")]
    public static partial void SetBoxed(GValue* value, nint boxed);

    [LibraryImport(GObject, EntryPoint = "g_value_get_boxed")]
    public static partial nint GetBoxed(GValue* value);

    [LibraryImport(GObject, EntryPoint = "g_type_from_name", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nuint TypeFromName(string name);

    [LibraryImport(GLib, EntryPoint = "g_free")]
    public static partial void Free(nint memory);

    [LibraryImport(Vips, EntryPoint = "vips_init", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Init(string program);

    [LibraryImport(Vips, EntryPoint = "vips_concurrency_set")]
    public static partial void SetConcurrency(int threads);

    [LibraryImport(Vips, EntryPoint = "vips_cache_set_max")]
    public static partial void SetCacheMax(int operations);

    [LibraryImport(Vips, EntryPoint = "vips_operation_block_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void BlockOperations(string baseName, int blocked);

    [LibraryImport(Vips, EntryPoint = "vips_error_buffer_copy")]
    public static partial nint CopyErrorBuffer();

    [LibraryImport(Vips, EntryPoint = "vips_operation_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint NewOperation(string name);

    [LibraryImport(Vips, EntryPoint = "vips_cache_operation_buildp")]
    public static partial int BuildOperation(nint* operation);

    [LibraryImport(Vips, EntryPoint = "vips_object_unref_outputs")]
    public static partial void UnrefOutputs(nint operation);

    [LibraryImport(Vips, EntryPoint = "vips_object_set_from_string", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetFromString(nint operation, string options);

    [LibraryImport(Vips, EntryPoint = "vips_image_new_from_memory")]
    public static partial nint NewImageFromMemory(byte* pixels, nuint size, int width, int height, int bands, int format);

    [LibraryImport(Vips, EntryPoint = "vips_image_write_to_memory")]
    public static partial byte* WriteImageToMemory(nint image, nuint* size);

    [LibraryImport(Vips, EntryPoint = "vips_image_get_width")]
    public static partial int GetWidth(nint image);

    [LibraryImport(Vips, EntryPoint = "vips_image_get_height")]
    public static partial int GetHeight(nint image);

    [LibraryImport(Vips, EntryPoint = "vips_image_get_bands")]
    public static partial int GetBands(nint image);

    [LibraryImport(Vips, EntryPoint = "vips_image_get_yoffset")]
    public static partial int GetYOffset(nint image);

    [LibraryImport(Vips, EntryPoint = "vips_image_hasalpha")]
    public static partial int HasAlpha(nint image);

    [LibraryImport(Vips, EntryPoint = "vips_blob_new")]
    public static partial nint NewBlob(nint freeFunction, byte* bytes, nuint length);

    [LibraryImport(Vips, EntryPoint = "vips_blob_get")]
    public static partial byte* GetBlob(nint blob, nuint* length);

    [LibraryImport(Vips, EntryPoint = "vips_area_unref")]
    public static partial void UnrefArea(nint area);
}
