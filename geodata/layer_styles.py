"""How QGIS draws the layers of a project file when it opens them (layer_styles)."""

from __future__ import annotations

_SYMBOL = """<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="Symbology|Labeling" labelsEnabled="{labels}">
 <renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0">
  <symbols>
   <symbol type="fill" name="0" alpha="1" clip_to_extent="1">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option type="QString" name="color" value="{fill}"/>
      <Option type="QString" name="outline_color" value="{line}"/>
      <Option type="QString" name="outline_style" value="{dash}"/>
      <Option type="QString" name="outline_width" value="{width}"/>
      <Option type="QString" name="outline_width_unit" value="MM"/>
      <Option type="QString" name="style" value="{style}"/>
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option type="QString" name="name" value=""/>
       <Option type="Map" name="properties">{fill_by}</Option>
       <Option type="QString" name="type" value="collection"/>
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
 {labelling}
</qgis>"""

_FILL_BY_COLUMN = (
    '<Option type="Map" name="fillColor"><Option type="bool" name="active" value="true"/>'
    '<Option type="QString" name="expression" value="set_color_part(&quot;colour&quot;, \'alpha\', 150)"/>'
    '<Option type="int" name="type" value="3"/></Option>'
)

_LABELS = (
    '<labeling type="simple"><settings calloutType="simple"><text-style fieldName="{expression}" isExpression="1" '
    'fontSize="9" textColor="20,30,40,255"/><placement placement="1"/></settings></labeling>'
)


def _style(
    *, fill: str, line: str, width: float, dash: str = "solid", labels: str = "", by_column: bool = False
) -> str:
    return _SYMBOL.format(
        fill=fill,
        line=line,
        width=width,
        dash=dash,
        style="no" if fill.endswith(",0") else "solid",
        fill_by=_FILL_BY_COLUMN if by_column else "",
        labels=int(bool(labels)),
        labelling=_LABELS.format(expression=labels) if labels else "",
    )


LAYER_STYLES: dict[str, str] = {
    "blocks": _style(fill="255,255,255,0", line="140,150,160,160", width=0.1),
    "regions": _style(
        fill="120,150,180,150",
        line="38,50,59,255",
        width=0.4,
        labels="&quot;region&quot; || '\\n' || &quot;residents&quot;",
        by_column=True,
    ),
    "municipalities": _style(fill="255,255,255,0", line="16,24,29,255", width=0.7, dash="dash"),
}
