namespace System.Management.Automation;

/// <summary>What a type names to be made of other objects by the shell.</summary>
public abstract class PSTypeConverter
{
    public abstract bool CanConvertFrom(object sourceValue, Type destinationType);

    public abstract bool CanConvertTo(object sourceValue, Type destinationType);

    public abstract object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase);

    public abstract object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase);
}
